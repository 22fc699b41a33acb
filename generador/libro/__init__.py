"""Los libros de Excel: leer los que la gente llena (`lectura`) y crear los que va a llenar (`blanco`)."""
