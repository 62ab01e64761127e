/**
 * Words that people who speak Portuguese or Spanish put into passwords and that the estimator's list, mostly English, lacks
 * or ranks low: small letters, no accents.
 */
export const COMMON_WORDS: readonly string[] = [
  // Passwords themselves and what is done with them.
  ...words('senha minhasenha contrasena clave micontrasena mudar acesso acceso entrar'),
  ...words('segredo secreto segura seguro teste admin mestre maestro'),
  // Countries and places.
  ...words(
    'brasil brazil portugal espana mexico argentina colombia venezuela uruguai uruguay saopaulo brasilia',
  ),
  // Clubs and football.
  ...words(
    'flamengo corinthians palmeiras santos vasco botafogo fluminense gremio cruzeiro atletico atleticomg',
  ),
  ...words('mengao timao verdao tricolor internacional futebol futbol realmadrid bocajuniors'),
  ...words('neymar messi ronaldo ronaldinho maradona campeao campeon'),
  // Religion.
  ...words('deus dios jesus cristo cristojesus jesuscristo senhor fiel deusefiel deusmeama jesusteama'),
  ...words('igreja iglesia amen amem maria nossasenhora aparecida santa aleluia'),
  // Love and family.
  ...words('amor teamo tequiero euteamo eutequero amomuito mivida miamor'),
  ...words('muito mucho sempre siempre parasempre parasiempre paixao corazon coracao beijo saudade'),
  ...words('princesa princesinha gatinha linda lindo bonita bebe querida querido feliz'),
  ...words('familia amigos amigo amiga'),
  // Months and days.
  ...words('janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro'),
  ...words('enero febrero marzo mayo junio julio septiembre octubre noviembre diciembre'),
  ...words('sexta sabado domingo viernes'),
  ...words('verao verano natal navidad carnaval'),
  // Names.
  ...words('jose joao antonio francisco carlos paulo pedro lucas luiz luis marcos gabriel rafael daniel'),
  ...words('bruno felipe rodrigo fernando gustavo juan miguel mateus matheus'),
  ...words('ana adriana juliana marcia fernanda patricia amanda bruna julia'),
  ...words('mariana gabriela isabela beatriz carolina'),
  // What else stands in them.
  ...words('dinheiro dinero sucesso'),
  ...words('liberdade libertad felicidade felicidad'),
];

function words(line: string): string[] {
  return line.split(' ');
}
