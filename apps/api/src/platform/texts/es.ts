import type { Texts } from './texts';

const UNTOUCHED = 'No se importó nada.';
const CONVERTS = 'O use el importador de la consola, que hace esa conversión.';

export const es = {
  problems: {
    sign_in_required: {
      title: 'Inicie sesión para continuar',
      detail:
        'Esta dirección pide una sesión. Entre con su correo y su contraseña, o envíe un token de acceso válido.',
    },
    credentials_wrong: {
      title: 'Correo o contraseña incorrectos',
      detail: 'Nadie entra con este correo y esta contraseña. Revise los dos e intente de nuevo.',
    },
    second_factor_needed: {
      title: 'Falta el código',
      detail:
        'Esta persona entra con un segundo factor. Envíe también el código de la aplicación de autenticación, o un código de recuperación.',
    },
    second_factor_wrong: {
      title: 'Código incorrecto',
      detail:
        'El código no es correcto o ya se usó. Espere el próximo código de la aplicación e inténtelo de nuevo.',
    },
    second_factor_required: {
      title: 'Esta cuenta exige un segundo factor',
      detail:
        'Los administradores de esta cuenta necesitan un segundo factor. Active el suyo en el perfil e inténtelo de nuevo.',
    },
    second_factor_on: {
      title: 'El segundo factor ya está activo',
      detail:
        'El segundo factor de esta persona ya está activo. Para cambiar de aplicación, desactívelo primero.',
    },
    second_factor_off: {
      title: 'El segundo factor no está activo',
      detail: 'Esta persona no tiene un segundo factor activo. Empiece por activarlo en el perfil.',
    },
    not_allowed: {
      title: 'Sin permiso',
      detail: 'Su papel en esta cuenta no permite esta acción. Pídala a un administrador de la cuenta.',
    },
    token_not_allowed: {
      title: 'No es posible con un token',
      detail:
        'Un token de acceso no cambia personas, cuentas, contraseñas ni tokens. Entre con correo y contraseña para hacerlo.',
    },
    token_scope_missing: {
      title: 'El token no lo permite',
      detail: 'Este token de acceso no tiene el alcance [{scope}|necesario]. Cree un token con ese alcance.',
    },
    cross_site_request: {
      title: 'Solicitud de otro sitio',
      detail:
        'La solicitud se rechazó porque no salió de la página de Ponte. Abra Ponte directamente e intente de nuevo.',
    },
    not_found: {
      title: 'No encontrado',
      detail: 'No hay nada en esta dirección, o pertenece a otra cuenta. Revise la dirección.',
    },
    method_not_allowed: {
      title: 'Método no permitido',
      detail:
        'Esta dirección existe, pero no acepta este método HTTP. Use uno de estos[: {methods}|, que la respuesta lista en el encabezado Allow].',
    },
    request_invalid: {
      title: 'Solicitud no válida',
      detail:
        '[El campo {field} no se puede aceptar como está.|Uno o más campos no se pueden aceptar como están.] Corrija y envíe de nuevo.',
    },
    contact_invalid: {
      title: 'El contacto no se guardó',
      detail:
        'Uno o más campos necesitan corrección. El nombre y el teléfono son obligatorios; el teléfono empieza con + y el código del país, como +55 11 98765-4321.',
    },
    phone_taken: {
      title: 'Teléfono ya registrado',
      detail: 'Un contacto de esta cuenta ya tiene este teléfono. Edite ese contacto o use otro teléfono.',
    },
    email_taken: {
      title: 'Correo ya en uso',
      detail: 'Este correo ya es de otra persona. Use otra dirección.',
    },
    member_exists: {
      title: 'Ya es miembro',
      detail:
        'Esta persona ya es miembro de la cuenta. Para cambiar su papel, edítela en la lista de miembros.',
    },
    last_administrator: {
      title: 'La cuenta necesita un administrador',
      detail: 'Es la única persona administradora de la cuenta. Nombre antes a otra.',
    },
    password_wrong: {
      title: 'Contraseña actual incorrecta',
      detail: 'La contraseña actual no coincide. Escríbala de nuevo para guardar el cambio.',
    },
    password_weak: {
      title: 'Contraseña fácil de adivinar',
      detail:
        'Esta contraseña es conocida, repetitiva o parecida a sus datos. Combine algunas palabras que solo usted elegiría.',
    },
    link_invalid: {
      title: 'El enlace ya no sirve',
      detail: 'El enlace ya se usó, venció o está incompleto. Pida uno nuevo.',
    },
    invitation_not_yours: {
      title: 'La invitación es de otra persona',
      detail:
        'Esta invitación se envió a otra dirección de correo. Salga y entre con esa dirección para aceptarla.',
    },
    account_limit_reached: {
      title: 'Demasiadas cuentas',
      detail: 'Ya creó el número máximo de cuentas[, que es {limit}]. Elimine una que ya no use.',
    },
    token_limit_reached: {
      title: 'Demasiados tokens',
      detail: 'Ya tiene el número máximo de tokens de acceso[, que es {limit}]. Revoque uno que ya no use.',
    },
    account_name_wrong: {
      title: 'El nombre no coincide',
      detail: 'El nombre escrito no es el de la cuenta. No se eliminó nada; escriba el nombre exactamente.',
    },
    too_many_requests: {
      title: 'Demasiados intentos',
      detail: 'Espere [{seconds#segundo#segundos}|unos minutos] e intente de nuevo.',
    },
    account_busy: {
      title: 'Su cuenta ya tiene demasiadas solicitudes en curso',
      detail:
        'Esta cuenta ya usa toda su parte. Espere [{seconds#segundo#segundos}|un poco] o a que termine lo que está en curso e inténtelo de nuevo.',
    },
    upload_no_file: {
      title: 'No se envió ningún archivo',
      detail:
        'La solicitud no trajo un archivo[ en el campo {field}]. Elija un archivo CSV y envíelo de nuevo.',
    },
    upload_malformed: {
      title: 'El envío llegó incompleto',
      detail: 'El envío se interrumpió o no es multipart/form-data. No se guardó nada; envíelo de nuevo.',
    },
    upload_too_slow: {
      title: 'El envío fue demasiado lento',
      detail:
        'Llegaron muy pocos datos[ en {seconds#segundo#segundos}] y el envío se cerró. No se guardó nada; revise la conexión y envíe de nuevo.',
    },
    idempotency_key_reused: {
      title: 'Idempotency-Key repetida',
      detail:
        'Esta Idempotency-Key ya se usó para otro archivo o con otras opciones. Envíe esta solicitud con una clave nueva.',
    },
    labels_unsupported: {
      title: 'Aún no hay etiquetas',
      detail: 'Todavía no se pueden elegir contactos por etiqueta. Repita la solicitud sin el campo label.',
    },
    filter_invalid: {
      title: 'Filtro no válido',
      detail:
        '[La condición sobre {field} no se entiende.|Una condición del filtro no se entiende.] Revise el campo, el operador y los valores.',
    },
    search_too_slow: {
      title: 'La búsqueda tardó demasiado',
      detail:
        'La búsqueda se detuvo para no retrasar a las demás. Use menos condiciones o una parte más larga del nombre.',
    },
    columns_unknown: {
      title: 'Columnas desconocidas',
      detail:
        '[Estas columnas no existen: {columns}.|Ninguna de las columnas pedidas existe.] Elija entre name, phone_number, email, id, created_at y updated_at.',
    },
    run_already_ended: {
      title: 'Ya terminó',
      detail: 'Esta importación o exportación ya terminó y no se puede cancelar.',
    },
    run_not_ended: {
      title: 'Aún no terminó',
      detail:
        'Esta importación o exportación aún no terminó. Espere a que termine, o cancélela, e inténtelo de nuevo.',
    },
    person_erased: {
      title: 'Los datos de esta persona se borraron',
      detail:
        'Los datos de esta persona se borraron a su pedido. Un administrador puede permitir que vuelva, en Configuración.',
    },
    export_not_ready: {
      title: 'El archivo no está listo',
      detail: 'El archivo de esta exportación aún no existe. Usted recibe un correo cuando esté listo.',
    },
    export_expired: {
      title: 'Plazo terminado',
      detail: 'El plazo para descargar este archivo terminó y se borró. Haga una exportación nueva.',
    },
    unavailable: {
      title: 'El servicio no está disponible por un momento',
      detail:
        'La base de datos o la cola no responde ahora. No se perdió nada; inténtelo de nuevo en [{seconds#segundo#segundos}|unos segundos].',
    },
    storage_full: {
      title: 'El servidor no tiene espacio',
      detail:
        'No hay espacio en el servidor para guardar el archivo. No se grabó nada; avise a quien administra el servidor.',
    },
    internal: {
      title: 'Error nuestro',
      detail:
        'Algo salió mal en el servidor y la solicitud no se completó. Intente de nuevo; si continúa, dé a soporte el request_id de esta respuesta.',
    },
    import_empty_file: {
      title: 'Archivo vacío',
      detail:
        'El archivo no tiene contenido. Envíe un CSV con la línea de encabezado y al menos un contacto.',
    },
    import_not_utf8: {
      title: 'El archivo no está en UTF-8',
      detail: `[La línea {line} no está en UTF-8|El archivo no está en UTF-8] y se perderían los acentos. ${UNTOUCHED} En Excel, guarde como CSV UTF-8 y envíe de nuevo. ${CONVERTS}`,
    },
    import_not_csv: {
      title: 'Esto no es un CSV',
      detail: `El contenido no es texto separado por comas. ${UNTOUCHED} Guarde la planilla como CSV UTF-8 y envíe de nuevo. ${CONVERTS}`,
    },
    import_malformed_csv: {
      title: 'Comillas que no se cierran',
      detail: `[En la línea {line} se abren comillas que no se cierran|Se abren comillas que no se cierran], y no se sabe dónde termina la celda. ${UNTOUCHED} Corrija las comillas y envíe de nuevo.`,
    },
    import_wrong_delimiter: {
      title: 'El separador no es la coma',
      detail: `Las columnas están separadas por [{delimiter}|otro signo], y el CSV necesita comas (,). ${UNTOUCHED} Guarde con comas y envíe de nuevo. ${CONVERTS}`,
    },
    import_missing_column: {
      title: 'Falta una columna obligatoria',
      detail: `[El encabezado no tiene {columns}.|El encabezado no tiene todas las columnas obligatorias.] ${UNTOUCHED} La primera línea necesita name y phone_number, escritos así; email es opcional.`,
    },
    import_duplicate_column: {
      title: 'Columna repetida',
      detail: `El encabezado trae [{columns}|una columna] más de una vez, y no se sabe cuál vale. ${UNTOUCHED} Deje una sola y envíe de nuevo.`,
    },
    import_no_rows: {
      title: 'Ningún contacto en el archivo',
      detail: 'El archivo solo tiene el encabezado. Agregue al menos un contacto debajo y envíe de nuevo.',
    },
    import_too_large: {
      title: 'Archivo demasiado grande',
      detail: `El archivo pasa del límite[ de {limit:bytes}]. ${UNTOUCHED} Divídalo en archivos más pequeños.`,
    },
    import_too_many_rows: {
      title: 'Demasiadas filas',
      detail: `El archivo pasa del límite de filas[, que es {limit}]. ${UNTOUCHED} Divídalo en archivos más pequeños.`,
    },
    import_too_many_columns: {
      title: 'Demasiadas columnas',
      detail: `[En la línea {line} hay más columnas que el límite|El archivo pasa del límite de columnas][, que es {limit}]. ${UNTOUCHED} Deje solo name, phone_number y email.`,
    },
    import_cell_too_large: {
      title: 'Demasiado texto en una línea',
      detail: `[En la línea {line}|En una línea] el texto pasa del límite[ de {limit:bytes}]. ${UNTOUCHED} Casi siempre son comillas que se abren y no se cierran: corríjalas y envíe de nuevo.`,
    },
  },
  requestIssues: {
    unknown: 'El miembro {field} no existe[; ¿quiso decir {nearest}?|.]',
    unsupported: 'El miembro {field} todavía no funciona aquí.',
    repeated: 'El miembro {field} acepta un solo valor y llegó más de una vez.',
    too_many: 'El miembro {field} tiene demasiados valores en total.',
    invalid: 'El miembro {field} no se puede aceptar como está.',
    next: 'Corrija la solicitud y envíela de nuevo.',
  },
  failures: {
    run_file_missing: {
      title: 'El archivo ya no está guardado',
      detail: 'El archivo de esta ejecución no se encontró en el servidor. Empiece de nuevo.',
    },
    run_file_changed: {
      title: 'El archivo guardado cambió',
      detail:
        'El archivo guardado en el servidor ya no es el que se envió. Lo que ya estaba grabado sigue en la cuenta; envíe el archivo de nuevo.',
    },
    run_permission_lost: {
      title: 'Permiso retirado',
      detail:
        'Quien lo pidió dejó de ser administrador de la cuenta antes del final. Pida a un administrador que empiece de nuevo.',
    },
    run_gave_up: {
      title: 'Varios intentos sin éxito',
      detail: 'El servidor lo intentó varias veces y no pudo continuar. Empiece de nuevo más tarde.',
    },
  },
  rejections: {
    name_missing: 'Falta el nombre.',
    name_too_long: 'El nombre tiene más de 500 caracteres.',
    phone_missing: 'Falta el teléfono.',
    phone_no_plus: 'El teléfono no empieza con + y el código del país (+55 para Brasil).',
    phone_invalid: 'El teléfono no existe: faltan o sobran dígitos, o el código de área está mal.',
    phone_has_extension: 'El teléfono tiene interno: deje solo el número.',
    email_invalid: 'El correo no es una dirección válida.',
    invalid_character: 'Hay un carácter de control, que no se puede guardar.',
    wrong_cell_count: 'La fila tiene más o menos celdas que el encabezado.',
    malformed_row: 'Hay texto después de comillas que ya se cerraron.',
    row_refused: 'La fila no se pudo guardar: revise sus valores.',
    person_erased:
      'Los datos de esta persona se borraron a su pedido: el teléfono o el correo no vuelve con un archivo.',
  },
  delimiters: { ',': 'coma (,)', ';': 'punto y coma (;)', '\t': 'tabulación', '|': 'barra vertical (|)' },
  time: { zone: 'UTC', zoneName: 'UTC' },
  mail: {
    import_finished: {
      subject: 'Importación terminada: {total#fila#filas}[, {failed#rechazada#rechazadas}]',
      title: 'La importación terminó',
      lead: 'Cada fila del archivo se contó una sola vez:',
      next: '[{failed#fila quedó fuera#filas quedaron fuera}. En la página de la importación se ve cada una con su motivo y se descarga un CSV solo con ellas: corríjalo e importe de nuevo.|Todas las filas se aceptaron. No hay nada que corregir.]',
      button: 'Abrir la importación',
    },
    import_cancelled: {
      subject: 'Importación cancelada',
      title: 'La importación se canceló',
      lead: 'Lo que ya se había guardado sigue en la cuenta. Las filas que no se llegaron a leer cuentan como omitidas:',
      next: 'Para importar el resto, envíe el mismo archivo de nuevo: lo que ya está guardado no se repite.',
      button: 'Abrir la importación',
    },
    import_failed: {
      subject: 'La importación se detuvo antes del final',
      title: 'La importación se detuvo antes del final',
      lead: 'Lo que ya se había guardado sigue en la cuenta:',
      next: 'Si envía el mismo archivo de nuevo, lo que ya está guardado no se repite.',
      button: 'Abrir la importación',
    },
    import_refused: {
      subject: 'El archivo no se importó',
      title: 'El archivo no se importó',
      lead: 'El archivo se rechazó antes de la primera fila. Ningún contacto cambió.',
      next: 'Cuando el archivo esté corregido, impórtelo de nuevo.',
      button: 'Abrir las importaciones',
    },
    export_ready: {
      subject: 'Exportación lista: {rows#contacto#contactos}',
      title: 'La exportación está lista',
      lead: 'El archivo tiene {rows#contacto#contactos}.',
      next: 'El enlace vale hasta {expires}. Pide que usted entre como administrador de la cuenta; después de ese plazo el archivo se borra.',
      button: 'Descargar en la página de la exportación',
    },
    export_failed: {
      subject: 'La exportación se detuvo antes del final',
      title: 'La exportación se detuvo antes del final',
      lead: 'El archivo no se hizo. Ningún contacto cambió.',
      next: 'Puede pedir una exportación nueva en la lista de contactos.',
      button: 'Abrir la exportación',
    },
    invitation: {
      subject: 'Invitación a Ponte',
      title: 'Invitación a {account}',
      lead: '{inviter} lo invitó a {account} en Ponte, con el papel de {role}.',
      next: 'Si todavía no tiene contraseña en Ponte, la elige en la página siguiente. La invitación funciona una vez, hasta el {expires}.',
      button: 'Abrir la invitación',
      footer:
        'Recibe este correo porque su dirección se indicó en una invitación el {created}. Si no conoce a quien lo invitó, no haga nada: solo pertenece a la cuenta si acepta.',
    },
    password_reset: {
      subject: 'Nueva contraseña de Ponte',
      title: 'Elija una nueva contraseña',
      lead: 'Un enlace para crear otra contraseña se pidió el {created}. Su contraseña actual sigue valiendo hasta que cree otra.',
      next: 'El enlace funciona una vez, hasta el {expires}. La nueva contraseña cierra sus sesiones en todas partes y sus tokens de acceso.',
      button: 'Crear nueva contraseña',
      footer: 'Si no lo pidió, no haga nada: nadie puede usar el enlace sin leer este correo.',
    },
    password_changed: {
      subject: 'Su contraseña de Ponte cambió',
      title: 'Su contraseña cambió',
      lead: 'La contraseña con la que entra en Ponte se cambió el {created}[, desde la dirección de red {address}].',
      next: 'Si fue usted, no hay nada que hacer. Si no, pida ahora una nueva contraseña: cierra las sesiones de quien entró en su nombre.',
      button: 'No fui yo',
      footer: 'Correo automático de Ponte sobre la seguridad de su acceso.',
    },
    codes_refused: {
      subject: 'Demasiados códigos incorrectos en su acceso a Ponte',
      title: 'Demasiados códigos incorrectos',
      lead: 'El {created}, alguien con su contraseña correcta o con un enlace de un correo enviado a usted escribió mal el código del segundo factor por vigésima vez.',
      next: 'Los códigos vuelven a aceptarse en una hora como máximo. Si no fue usted, cree otra contraseña: quien lo intentó sabe la actual o lee sus correos.',
      button: 'Crear nueva contraseña',
      footer: 'Correo automático de Ponte sobre la seguridad de su acceso.',
    },
    roles: { administrator: 'administrador', agent: 'agente' },
    sum: {
      total: 'Total de filas',
      created: 'Creados',
      updated: 'Actualizados',
      unchanged: 'Sin cambios',
      skipped: 'Omitidos',
      failed: 'Rechazados',
    },
    reasons: 'Por qué se rechazaron filas',
    severalReasons: 'Una fila con dos motivos aparece en los dos.',
    plainLink: 'Si el botón no abre, copie esta dirección en el navegador:',
    footer: 'Correo automático de Ponte sobre una solicitud hecha el {created}.',
  },
  template: {
    fileName: 'modelo-de-contactos.xlsx',
    contacts: 'Contactos',
    help: 'Cómo completar',
    fields: [
      { title: 'Nombre', hint: 'Obligatorio. Hasta 500 caracteres. Ejemplo: Ana Lima.' },
      {
        title: 'Teléfono',
        hint: 'Obligatorio. Con código de área. Ejemplos: (11) 98765-4321 o +55 11 98765-4321.',
      },
      { title: 'Correo', hint: 'Opcional. Ejemplo: ana@example.com.' },
    ],
    notes: [
      'Un contacto por fila, en la hoja Contactos, sin filas de título encima del encabezado.',
      'El teléfono identifica el contacto: si ya existe en la cuenta, la importación lo actualiza.',
      'Envíe el archivo en la consola, en Importar: antes de grabar, muestra lo que va a cambiar.',
    ],
  },
  caughtMail: {
    title: 'Correos capturados',
    about: 'En este modo los correos no salen de esta máquina: se guardan aquí para leerlos.',
    empty: 'Ningún correo todavía.',
    subject: 'Asunto',
    from: 'De',
    to: 'Para',
    time: 'Recibido el',
    back: 'Todos los correos',
    asText: 'Versión de texto',
    asPage: 'Versión HTML',
  },
} as const satisfies Texts;
