const words = (text: string): readonly string[] => text.split(' ');

/** From the most frequent one in Brazil downwards; the generator chooses them with falling probability. */
export const FIRST_NAMES = words(
  'Maria José Ana João Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Luís Gabriel Rafael Francisca Daniel ' +
    'Marcelo Bruno Eduardo Felipe Raimundo Rodrigo Antônia Adriana Juliana Manoel Mateus Márcia Fernanda Patrícia ' +
    'Aline Sandra Camila Amanda Bruna Jéssica Letícia Júlia Luciana Vanessa Mariana Gabriela Vitória Larissa Cláudia ' +
    'Beatriz Rita Luana Sônia Renata Eliane Josefa Simone Natália Cristiane Carla Débora Rosângela Jaqueline Rosa ' +
    'Daniela Aparecida Marlene Terezinha Raimunda Andréia Fabiana Lúcia Raquel Ângela Rafaela Joana Luíza Thiago ' +
    'Fernando Fábio Leonardo Gustavo Guilherme Leandro Tiago Anderson Ricardo Márcio Jorge Sebastião Alexandre Roberto ' +
    'Edson Diego Vítor Sérgio Cláudio Matheus Wesley Wellington William Vinícius Vera Valdir Valéria Ubirajara Tânia ' +
    'Tatiane Suelen Samuel Ronaldo Rogério Reginaldo Otávio Nilson Nair Mônica Milton Michele Luzia Lourdes Kátia ' +
    'Karina Ivone Isabel Inês Igor Helena Hugo Geraldo Gilberto Flávia Elisângela Edilson Douglas Denise Davi César ' +
    'Cícero Caio Benedito Artur André Alan Adílson Yasmin Yuri Zilda Zélia',
);

export const LAST_NAMES = words(
  'Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Martins Carvalho Almeida Lopes ' +
    'Soares Fernandes Vieira Barbosa Rocha Dias Nascimento Andrade Moreira Nunes Marques Machado Mendes Freitas Cardoso ' +
    'Ramos Gonçalves Santana Teixeira Araújo Cavalcanti Moura Campos Jesus Batista Pinto Correia Castro Melo Barros ' +
    'Azevedo Cunha Monteiro Pires Reis Medeiros Borges Farias Miranda Rezende Xavier Tavares Duarte Queiroz Siqueira ' +
    'Brito Peixoto Macedo Coelho Nogueira Viana Fonseca Guimarães Magalhães Toledo Brandão Assunção Bezerra Pacheco ' +
    'Leite Sales Paiva Figueiredo Amaral Zanetti Zimmermann',
);

/** One contact in two thousand has one of them. */
export const RARE_NAMES = words(
  'Zuleide Silveira Oswaldinho Quitéria Xênia Ildefonso Hermenegildo Eufrásia Waldisnei Gumercindo Iolanda Jurandir ' +
    'Kassandra Leocádia Petronilha Teodora Valdomiro Zoraide Abigail Bartolomeu',
);
