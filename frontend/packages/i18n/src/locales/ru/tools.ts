/** What only opens on demand says: it comes with the sheet or the page that says it. */
export const tools = {
  snooze: {
    title: "Отложить {{number}}",
    hour: "На час",
    evening: "До вечера",
    tomorrow: "До завтрашнего утра",
    monday: "До утра понедельника",
    other: "Другое время",
    set: "Отложить",
    note: "Что сделать потом",
    noteHint: "Видят коллеги; вернётся вместе с обращением.",
    sooner: "Если клиент напишет раньше, обращение вернётся сразу.",
    takesOver: "Обращение станет вашим: ИИ молчит, пока вы его не вернёте.",
    done: "Отложено до {{at}}",
  },
};
