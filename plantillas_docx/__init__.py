"""Con qué se fabrican las plantillas de Word de esta carpeta."""
