import type { Texts } from './texts';

const UNTOUCHED = 'Nada foi importado.';
const CONVERTS = 'Ou use o importador do console, que faz essa conversão.';

export const ptBR = {
  problems: {
    sign_in_required: {
      title: 'Entre para continuar',
      detail:
        'Este endereço pede que você entre. Entre com seu e-mail e sua senha, ou envie um token de acesso válido.',
    },
    credentials_wrong: {
      title: 'E-mail ou senha incorretos',
      detail: 'Não há acesso com este e-mail e esta senha. Confira os dois e tente de novo.',
    },
    second_factor_needed: {
      title: 'Falta o código',
      detail:
        'Esta pessoa entra com um segundo fator. Envie também o código do aplicativo autenticador, ou um código de recuperação.',
    },
    second_factor_wrong: {
      title: 'Código incorreto',
      detail:
        'O código não está certo ou já foi usado. Espere o próximo código do aplicativo e tente de novo.',
    },
    second_factor_required: {
      title: 'Esta conta exige um segundo fator',
      detail:
        'Os administradores desta conta precisam de um segundo fator. Ative o seu no perfil e tente de novo.',
    },
    second_factor_on: {
      title: 'O segundo fator já está ativo',
      detail: 'O segundo fator desta pessoa já está ativo. Para trocar de aplicativo, desative-o primeiro.',
    },
    second_factor_off: {
      title: 'O segundo fator não está ativo',
      detail: 'Esta pessoa não tem um segundo fator ativo. Comece por ativá-lo no perfil.',
    },
    not_allowed: {
      title: 'Sem permissão',
      detail: 'Seu papel nesta conta não permite esta ação. Peça a um administrador da conta.',
    },
    token_not_allowed: {
      title: 'Não é possível com um token',
      detail:
        'Um token de acesso não muda pessoas, contas, senhas nem tokens. Entre com e-mail e senha para fazer isto.',
    },
    token_scope_missing: {
      title: 'O token não permite isto',
      detail: 'Este token de acesso não tem o escopo [{scope}|necessário]. Crie um token com esse escopo.',
    },
    cross_site_request: {
      title: 'Pedido vindo de outro site',
      detail:
        'O pedido foi recusado porque não partiu da página do Ponte. Abra o Ponte diretamente e tente de novo.',
    },
    not_found: {
      title: 'Não encontrado',
      detail: 'Não há nada neste endereço, ou o que há pertence a outra conta. Confira o endereço.',
    },
    method_not_allowed: {
      title: 'Método não permitido',
      detail:
        'Este endereço existe, mas não aceita este método HTTP. Use um destes[: {methods}|, que a resposta lista no cabeçalho Allow].',
    },
    request_invalid: {
      title: 'Pedido inválido',
      detail:
        '[O campo {field} não pode ser aceito como está.|Um ou mais campos não podem ser aceitos como estão.] Corrija e envie de novo.',
    },
    contact_invalid: {
      title: 'Contato não foi salvo',
      detail:
        'Um ou mais campos precisam de correção. Nome e telefone são obrigatórios; o telefone começa com + e o código do país, como +55 11 98765-4321.',
    },
    phone_taken: {
      title: 'Telefone já cadastrado',
      detail: 'Já existe um contato com este telefone nesta conta. Edite esse contato ou use outro telefone.',
    },
    email_taken: {
      title: 'E-mail já em uso',
      detail: 'Este e-mail já é de outra pessoa. Use outro endereço.',
    },
    member_exists: {
      title: 'Já faz parte da conta',
      detail: 'Esta pessoa já é membro da conta. Para mudar o papel dela, edite-a na lista de membros.',
    },
    last_administrator: {
      title: 'A conta precisa de um administrador',
      detail: 'Esta é a única pessoa administradora da conta. Torne outra pessoa administradora antes.',
    },
    password_wrong: {
      title: 'Senha atual incorreta',
      detail: 'A senha atual não confere. Digite-a de novo para salvar a mudança.',
    },
    password_weak: {
      title: 'Senha fácil de adivinhar',
      detail:
        'Esta senha é conhecida, repetitiva ou parecida com seus dados. Junte algumas palavras que só você escolheria.',
    },
    link_invalid: {
      title: 'O link não vale mais',
      detail: 'O link já foi usado, passou do prazo ou está incompleto. Peça um novo.',
    },
    invitation_not_yours: {
      title: 'O convite é de outra pessoa',
      detail:
        'Este convite foi enviado a outro endereço de e-mail. Saia e entre com esse endereço para aceitar.',
    },
    account_limit_reached: {
      title: 'Contas demais',
      detail: 'Você já criou o número máximo de contas[, que é {limit}]. Exclua uma que não usa mais.',
    },
    token_limit_reached: {
      title: 'Tokens demais',
      detail:
        'Você já tem o número máximo de tokens de acesso[, que é {limit}]. Revogue um que não usa mais.',
    },
    account_name_wrong: {
      title: 'O nome não confere',
      detail: 'O nome digitado não é o da conta. Nada foi excluído; digite o nome exatamente como está.',
    },
    too_many_requests: {
      title: 'Tentativas demais',
      detail: '[Aguarde {seconds#segundo#segundos}|Aguarde alguns minutos] e tente de novo.',
    },
    account_busy: {
      title: 'Sua conta já tem pedidos demais em andamento',
      detail:
        'Esta conta já usa toda a parte dela. Espere [{seconds#segundo#segundos}|um pouco] ou o fim do que está em andamento e tente de novo.',
    },
    upload_no_file: {
      title: 'Nenhum arquivo foi enviado',
      detail: 'O pedido não trouxe um arquivo[ no campo {field}]. Escolha um arquivo CSV e envie de novo.',
    },
    upload_malformed: {
      title: 'O envio chegou incompleto',
      detail:
        'O envio foi interrompido ou não está no formato multipart/form-data. Nada foi gravado; envie de novo.',
    },
    upload_too_slow: {
      title: 'O envio foi lento demais',
      detail:
        'Chegaram dados de menos[ em {seconds#segundo#segundos}] e o envio foi encerrado. Nada foi gravado; confira a conexão e envie de novo.',
    },
    idempotency_key_reused: {
      title: 'Idempotency-Key repetida',
      detail:
        'Esta Idempotency-Key já foi usada para outro arquivo ou com outras opções. Envie esta requisição com uma chave nova.',
    },
    labels_unsupported: {
      title: 'Etiquetas ainda não existem',
      detail: 'Ainda não é possível escolher contatos por etiqueta. Repita o pedido sem o campo label.',
    },
    filter_invalid: {
      title: 'Filtro inválido',
      detail:
        '[A condição sobre {field} não pode ser entendida.|Uma condição do filtro não pode ser entendida.] Confira o campo, o operador e os valores.',
    },
    search_too_slow: {
      title: 'A busca demorou demais',
      detail:
        'A busca foi interrompida para não atrasar as outras. Use menos condições ou um trecho mais longo do nome.',
    },
    columns_unknown: {
      title: 'Colunas desconhecidas',
      detail:
        '[Estas colunas não existem: {columns}.|Nenhuma das colunas pedidas existe.] Escolha entre name, phone_number, email, id, created_at e updated_at.',
    },
    run_already_ended: {
      title: 'Já terminou',
      detail: 'Esta importação ou exportação já terminou e não pode mais ser cancelada.',
    },
    run_not_ended: {
      title: 'Ainda não terminou',
      detail: 'Esta importação ou exportação ainda não terminou. Espere o fim, ou cancele, e tente de novo.',
    },
    person_erased: {
      title: 'Os dados desta pessoa foram apagados',
      detail:
        'Os dados desta pessoa foram apagados a pedido dela. Um administrador pode permitir que ela volte, em Configurações.',
    },
    export_not_ready: {
      title: 'O arquivo não está pronto',
      detail: 'O arquivo desta exportação ainda não existe. Você recebe um e-mail quando ele estiver pronto.',
    },
    export_expired: {
      title: 'Prazo encerrado',
      detail: 'O prazo para baixar este arquivo acabou e ele foi apagado. Faça uma nova exportação.',
    },
    unavailable: {
      title: 'O serviço está indisponível por um momento',
      detail:
        'O banco de dados ou a fila não responde agora. Nada foi perdido; tente de novo em [{seconds#segundo#segundos}|alguns segundos].',
    },
    storage_full: {
      title: 'O servidor está sem espaço',
      detail:
        'Não há espaço no servidor para guardar o arquivo. Nada foi gravado; avise quem administra o servidor.',
    },
    internal: {
      title: 'Erro do nosso lado',
      detail:
        'Algo deu errado no servidor e o pedido não foi concluído. Tente de novo; se continuar, informe ao suporte o request_id desta resposta.',
    },
    import_empty_file: {
      title: 'Arquivo vazio',
      detail: 'O arquivo não tem conteúdo. Envie um CSV com a linha de cabeçalho e pelo menos um contato.',
    },
    import_not_utf8: {
      title: 'O arquivo não está em UTF-8',
      detail: `[A linha {line} não está em UTF-8|O arquivo não está em UTF-8] e os acentos se perderiam. ${UNTOUCHED} No Excel, salve como CSV UTF-8 e envie de novo. ${CONVERTS}`,
    },
    import_not_csv: {
      title: 'Isto não é um CSV',
      detail: `O conteúdo não é texto separado por vírgulas. ${UNTOUCHED} Salve a planilha como CSV UTF-8 e envie de novo. ${CONVERTS}`,
    },
    import_malformed_csv: {
      title: 'Aspas que não fecham',
      detail: `[Na linha {line} abrem-se aspas que não fecham|Há aspas que abrem e não fecham], e não dá para saber onde a célula termina. ${UNTOUCHED} Corrija as aspas e envie de novo.`,
    },
    import_wrong_delimiter: {
      title: 'O separador não é a vírgula',
      detail: `As colunas estão separadas por [{delimiter}|outro sinal], e o CSV precisa de vírgula (,). ${UNTOUCHED} Salve com vírgulas e envie de novo. ${CONVERTS}`,
    },
    import_missing_column: {
      title: 'Falta uma coluna obrigatória',
      detail: `[O cabeçalho não tem {columns}.|O cabeçalho não tem todas as colunas obrigatórias.] ${UNTOUCHED} A primeira linha precisa de name e phone_number, escritos assim; email é opcional.`,
    },
    import_duplicate_column: {
      title: 'Coluna repetida',
      detail: `O cabeçalho traz [{columns}|uma coluna] mais de uma vez, e não dá para saber qual vale. ${UNTOUCHED} Deixe uma só e envie de novo.`,
    },
    import_no_rows: {
      title: 'Nenhum contato no arquivo',
      detail: 'O arquivo só tem o cabeçalho. Acrescente pelo menos um contato abaixo dele e envie de novo.',
    },
    import_too_large: {
      title: 'Arquivo grande demais',
      detail: `O arquivo passa do limite[ de {limit:bytes}]. ${UNTOUCHED} Divida-o em arquivos menores.`,
    },
    import_too_many_rows: {
      title: 'Linhas demais',
      detail: `O arquivo passa do limite de linhas[, que é {limit}]. ${UNTOUCHED} Divida-o em arquivos menores.`,
    },
    import_too_many_columns: {
      title: 'Colunas demais',
      detail: `[Na linha {line} há mais colunas do que o limite|O arquivo passa do limite de colunas][, que é {limit}]. ${UNTOUCHED} Deixe só name, phone_number e email.`,
    },
    import_cell_too_large: {
      title: 'Texto grande demais em uma linha',
      detail: `[Na linha {line}|Em uma linha] o texto passa do limite[ de {limit:bytes}]. ${UNTOUCHED} Quase sempre são aspas que abrem e não fecham: corrija e envie de novo.`,
    },
  },
  requestIssues: {
    unknown: 'O membro {field} não existe[; você quis dizer {nearest}?|.]',
    unsupported: 'O membro {field} ainda não funciona aqui.',
    repeated: 'O membro {field} aceita um só valor e veio mais de uma vez.',
    too_many: 'O membro {field} tem valores demais no total.',
    invalid: 'O membro {field} não pode ser aceito como está.',
    next: 'Corrija a requisição e envie de novo.',
  },
  failures: {
    run_file_missing: {
      title: 'O arquivo não está mais guardado',
      detail: 'O arquivo desta execução não foi encontrado no servidor. Comece de novo.',
    },
    run_file_changed: {
      title: 'O arquivo guardado mudou',
      detail:
        'O arquivo guardado no servidor não é mais o que foi enviado. O que já tinha sido gravado continua na conta; envie o arquivo de novo.',
    },
    run_permission_lost: {
      title: 'Permissão retirada',
      detail:
        'Quem fez o pedido deixou de ser administrador da conta antes do fim. Peça a um administrador que comece de novo.',
    },
    run_gave_up: {
      title: 'Várias tentativas sem sucesso',
      detail: 'O servidor tentou várias vezes e não conseguiu continuar. Comece de novo mais tarde.',
    },
  },
  rejections: {
    name_missing: 'Falta o nome.',
    name_too_long: 'O nome tem mais de 500 caracteres.',
    phone_missing: 'Falta o telefone.',
    phone_no_plus: 'O telefone não começa com + e o código do país (+55 para o Brasil).',
    phone_invalid: 'O telefone não existe: faltam ou sobram dígitos, ou o código de área está errado.',
    phone_has_extension: 'O telefone tem ramal: deixe só o número.',
    email_invalid: 'O e-mail não é um endereço válido.',
    invalid_character: 'Há um caractere de controle, que não pode ser guardado.',
    wrong_cell_count: 'A linha tem células a mais ou a menos do que o cabeçalho.',
    malformed_row: 'Há texto depois de aspas que já fecharam.',
    row_refused: 'A linha não pôde ser gravada: confira os valores dela.',
    person_erased:
      'Os dados desta pessoa foram apagados a pedido dela: o telefone ou o e-mail não volta por um arquivo.',
  },
  delimiters: {
    ',': 'vírgula (,)',
    ';': 'ponto e vírgula (;)',
    '\t': 'tabulação',
    '|': 'barra vertical (|)',
  },
  time: { zone: 'America/Sao_Paulo', zoneName: 'horário de Brasília' },
  mail: {
    import_finished: {
      subject: 'Importação concluída: {total#linha#linhas}[, {failed#recusada#recusadas}]',
      title: 'A importação terminou',
      lead: 'Cada linha do arquivo foi contada uma única vez:',
      next: '[{failed#linha ficou de fora#linhas ficaram de fora}. Na página da importação você vê cada uma com o motivo e baixa um CSV só com elas: corrija-o e importe de novo.|Todas as linhas foram aceitas. Não há nada a corrigir.]',
      button: 'Abrir a importação',
    },
    import_cancelled: {
      subject: 'Importação cancelada',
      title: 'A importação foi cancelada',
      lead: 'O que já tinha sido gravado continua na conta. As linhas que não chegaram a ser lidas contam como ignoradas:',
      next: 'Para importar o resto, envie o mesmo arquivo de novo: o que já está gravado não se repete.',
      button: 'Abrir a importação',
    },
    import_failed: {
      subject: 'A importação parou antes do fim',
      title: 'A importação parou antes do fim',
      lead: 'O que já tinha sido gravado continua na conta:',
      next: 'Se você enviar o mesmo arquivo de novo, o que já está gravado não se repete.',
      button: 'Abrir a importação',
    },
    import_refused: {
      subject: 'O arquivo não foi importado',
      title: 'O arquivo não foi importado',
      lead: 'O arquivo foi recusado antes da primeira linha. Nenhum contato mudou.',
      next: 'Depois de corrigir o arquivo, importe-o de novo.',
      button: 'Abrir as importações',
    },
    export_ready: {
      subject: 'Exportação pronta: {rows#contato#contatos}',
      title: 'A exportação está pronta',
      lead: 'O arquivo tem {rows#contato#contatos}.',
      next: 'O link vale até {expires}. Ele pede que você entre como administrador da conta; depois desse prazo o arquivo é apagado.',
      button: 'Baixar na página da exportação',
    },
    export_failed: {
      subject: 'A exportação parou antes do fim',
      title: 'A exportação parou antes do fim',
      lead: 'O arquivo não foi feito. Nenhum contato mudou.',
      next: 'Você pode pedir uma nova exportação na lista de contatos.',
      button: 'Abrir a exportação',
    },
    invitation: {
      subject: 'Convite para o Ponte',
      title: 'Convite para {account}',
      lead: '{inviter} convidou você para {account} no Ponte, com o papel de {role}.',
      next: 'Se você ainda não tem senha no Ponte, escolhe uma na próxima página. O convite funciona uma vez, até {expires}.',
      button: 'Abrir o convite',
      footer:
        'Você recebeu este e-mail porque seu endereço foi indicado em um convite em {created}. Se não conhece quem convidou, não faça nada: você só entra na conta se aceitar.',
    },
    password_reset: {
      subject: 'Nova senha do Ponte',
      title: 'Escolha uma nova senha',
      lead: 'Um link para criar outra senha foi pedido em {created}. Sua senha atual continua valendo até você criar outra.',
      next: 'O link funciona uma vez, até {expires}. A nova senha encerra suas sessões em todos os lugares e seus tokens de acesso.',
      button: 'Criar nova senha',
      footer: 'Se não foi você quem pediu, não faça nada: ninguém consegue usar o link sem ler este e-mail.',
    },
    password_changed: {
      subject: 'Sua senha do Ponte foi alterada',
      title: 'Sua senha foi alterada',
      lead: 'A senha com que você entra no Ponte foi alterada em {created}[, a partir do endereço de rede {address}].',
      next: 'Se foi você, não precisa fazer nada. Se não foi, peça agora uma nova senha: ela encerra as sessões de quem entrou em seu nome.',
      button: 'Não fui eu',
      footer: 'E-mail automático do Ponte sobre a segurança do seu acesso.',
    },
    codes_refused: {
      subject: 'Muitos códigos incorretos no seu acesso ao Ponte',
      title: 'Muitos códigos incorretos',
      lead: 'Em {created}, alguém com sua senha correta ou com um link de um e-mail enviado a você errou o código do segundo fator pela vigésima vez.',
      next: 'Os códigos voltam a ser aceitos em até uma hora. Se não foi você, crie outra senha: quem tentou sabe a atual ou lê seus e-mails.',
      button: 'Criar nova senha',
      footer: 'E-mail automático do Ponte sobre a segurança do seu acesso.',
    },
    roles: { administrator: 'administrador', agent: 'agente' },
    sum: {
      total: 'Total de linhas',
      created: 'Criados',
      updated: 'Atualizados',
      unchanged: 'Sem mudança',
      skipped: 'Ignorados',
      failed: 'Recusados',
    },
    reasons: 'Por que linhas foram recusadas',
    severalReasons: 'Uma linha com dois motivos aparece nos dois.',
    plainLink: 'Se o botão não abrir, copie este endereço no navegador:',
    footer: 'E-mail automático do Ponte sobre um pedido feito em {created}.',
  },
  template: {
    fileName: 'modelo-de-contatos.xlsx',
    contacts: 'Contatos',
    help: 'Como preencher',
    fields: [
      { title: 'Nome', hint: 'Obrigatório. Até 500 caracteres. Exemplo: Ana Lima.' },
      { title: 'Telefone', hint: 'Obrigatório. Com DDD. Exemplos: (11) 98765-4321 ou +55 11 98765-4321.' },
      { title: 'E-mail', hint: 'Opcional. Exemplo: ana@example.com.' },
    ],
    notes: [
      'Um contato por linha, na planilha Contatos, sem linhas de título acima do cabeçalho.',
      'O telefone identifica o contato: se ele já existe na conta, a importação o atualiza.',
      'Envie o arquivo no console, em Importar: antes de gravar, ele mostra o que vai mudar.',
    ],
  },
  caughtMail: {
    title: 'E-mails capturados',
    about: 'Neste modo os e-mails não saem desta máquina: ficam aqui para leitura.',
    empty: 'Nenhum e-mail ainda.',
    subject: 'Assunto',
    from: 'De',
    to: 'Para',
    time: 'Recebido em',
    back: 'Todos os e-mails',
    asText: 'Versão em texto',
    asPage: 'Versão em HTML',
  },
} as const satisfies Texts;
