"""Cuánto tarda y cuánta memoria ocupa cada cosa, siempre junto a otra forma de hacerla: ``python -m bancos``.

La máquina de cada quien es distinta y nunca está sola: lo que vale son las razones. Por eso se miden segundos de
procesador, alternando, y se toma la mediana.
"""
