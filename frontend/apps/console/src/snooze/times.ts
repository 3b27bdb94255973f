/** The times that a ticket is mostly put off until, on the reader's own clock. */

export type SnoozeName = "hour" | "evening" | "tomorrow" | "monday";

export interface SnoozeTime {
  name: SnoozeName;
  at: Date;
}

const MORNING = 9;
const EVENING = 18;
const MONDAY = 1;
const DAYS = 7;

/** Soonest first, each another day's or hour's: what would be the same as one before it is left out. */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const hour = { name: "hour" as const, at: new Date(now.getTime() + 3_600_000) };
  const evening = { name: "evening" as const, at: atHour(now, 0, EVENING) };
  const tomorrow = { name: "tomorrow" as const, at: atHour(now, 1, MORNING) };
  const monday = { name: "monday" as const, at: atHour(now, daysToMonday(now), MORNING) };
  return [
    hour,
    ...(evening.at > hour.at ? [evening] : []),
    tomorrow,
    ...(monday.at > tomorrow.at ? [monday] : []),
  ];
}

function daysToMonday(now: Date): number {
  return (MONDAY - now.getDay() + DAYS) % DAYS || DAYS;
}

function atHour(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}

/** What a field of date and time holds: the moment on the reader's clock. */
export function fieldValue(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
