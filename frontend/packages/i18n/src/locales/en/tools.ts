/** What only opens on demand says: it comes with the sheet or the page that says it. */
export const tools = {
  snooze: {
    title: "Put off {{number}}",
    hour: "In an hour",
    evening: "This evening",
    tomorrow: "Tomorrow morning",
    monday: "On Monday morning",
    other: "Another time",
    set: "Put off",
    note: "What to do then",
    noteHint: "Colleagues see it, and it comes back with the ticket.",
    sooner: "If the customer writes before, it comes back at once.",
    takesOver: "The ticket becomes yours: the AI is silent until you hand it back.",
    done: "Put off until {{at}}",
  },
};
