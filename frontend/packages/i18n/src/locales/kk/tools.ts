/** What only opens on demand says: it comes with the sheet or the page that says it. */
export const tools = {
  snooze: {
    title: "{{number}} кейінге қалдыру",
    hour: "Бір сағатқа",
    evening: "Кешке дейін",
    tomorrow: "Ертең таңға дейін",
    monday: "Дүйсенбі таңына дейін",
    other: "Басқа уақыт",
    set: "Кейінге қалдыру",
    note: "Сонда не істеу керек",
    noteHint: "Әріптестер көреді, өтініммен бірге қайтады.",
    sooner: "Клиент ертерек жазса, өтінім бірден қайтады.",
    takesOver: "Өтінім сіздікі болады: қайтарғанша ЖИ үндемейді.",
    done: "Кейінге қалдырылды: {{at}}",
  },
};
