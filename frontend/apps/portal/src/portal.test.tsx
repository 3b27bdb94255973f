/** What a customer does in the portal. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { message, TestDesk } from "./testDesk";

let desk: TestDesk;
let page: HTMLElement;

beforeEach(() => {
  desk = new TestDesk();
  localStorage.clear();
  localStorage.setItem("fd.language", "en");
});
afterEach(() => desk.close());

const text = () => page.textContent ?? "";
const shows = (words: string) => vi.waitFor(() => expect(text()).toContain(words));

function named<T extends HTMLElement>(selector: string, name: string): T {
  const all = [...page.querySelectorAll<T>(selector)];
  const found = all.find((one) => (one.getAttribute("aria-label") ?? one.textContent ?? "").includes(name));
  if (!found) throw new Error(`there is no ${selector} named ${name} in: ${page.innerHTML}`);
  return found;
}

function write(selector: string, words: string): void {
  const field = page.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
  if (!field) throw new Error(`there is no ${selector}`);
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const press = (name: string) => named<HTMLButtonElement>("button", name).click();
const submit = () => page.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));

test("who is nobody asks for a link, and is told the same whatever the address", async () => {
  desk.signedIn = false;
  page = desk.open();
  await shows("Send me a link");
  write("#email", "dana@mail.example");
  await vi.waitFor(() => expect(named<HTMLButtonElement>("button", "Send me a link").disabled).toBe(false));
  submit();
  await shows("We sent an e-mail to dana@mail.example");
  expect(desk.last("POST").body).toBe(JSON.stringify({ email: "dana@mail.example", locale: "en" }));
});

test.each([
  [422, "it seems to have a slip in it"],
  [429, "Too much at once"],
  [503, "There seems to be no connection"],
  [500, "Something went wrong"],
])("a refusal of the link with %i says what to do", async (status, words) => {
  desk.signedIn = false;
  desk.refusals.set("POST /links", status);
  page = desk.open();
  await shows("Send me a link");
  write("#email", "dana@mail");
  await vi.waitFor(() => expect(named<HTMLButtonElement>("button", "Send me a link").disabled).toBe(false));
  submit();
  await shows(words);
  expect(page.querySelector("[role=alert]")).not.toBeNull();
});

test("the link's page asks before it uses the link, and leads to the ticket that was wanted", async () => {
  desk.signedIn = false;
  desk.holds();
  page = desk.open("/portal/tickets/T-000001");
  await shows("Send me a link");
  desk.close();
  page = desk.open("/portal/enter#the.token");
  await shows("Sign in to your requests");
  expect(desk.asked.some((asked) => asked.method === "POST")).toBe(false);
  press("Sign in");
  await shows("Where is it?");
  expect(desk.last("POST").body).toBe(JSON.stringify({ token: "the.token" }));
  expect(location.pathname + location.hash).toBe("/portal/tickets/T-000001");
});

test("a link that was used offers another one", async () => {
  desk.signedIn = false;
  desk.refusals.set("POST /session", 401);
  page = desk.open("/portal/enter#the.token");
  await shows("Sign in to your requests");
  press("Sign in");
  await shows("This link does not work any more");
  press("Ask for a new link");
  await shows("Send me a link");
});

test("the list says in words how each request stands", async () => {
  desk.holds({ ticket_number: "T-1", ticket_id: "1", subject: "Lamp", next: "ai", status: "ai_processing" });
  desk.holds({ ticket_number: "T-2", ticket_id: "2", subject: "Chair", next: "person", status: "escalated" });
  desk.holds({ ticket_number: "T-3", ticket_id: "3", subject: "Table", next: "nobody", status: "resolved" });
  desk.holds({ ticket_number: "T-4", ticket_id: "4", subject: "Sofa", next: "nobody", status: "closed" });
  page = desk.open();
  await shows("Lamp");
  const rows = [...page.querySelectorAll("a.ticket")].map((row) => row.querySelector(".state")?.textContent);
  expect(rows).toEqual(["We are answering", "A person will answer", "Solved", "Closed"]);
});

test("without requests the next step is offered", async () => {
  page = desk.open();
  await shows("No requests yet");
  press("New request");
  await shows("Message");
});

test("a conversation shows who spoke, files, and articles with safe addresses alone", async () => {
  desk.holds({}, [
    message({ seq: 1, attachments: [{ attachment_id: "a/1", filename: "photo.jpg", content_type: "image/jpeg", size: 2_500_000, is_here: true }] }),
    message({
      seq: 2, sender_type: "ai", content: "It is **on its way** [1]",
      sources: [{ title: "Delivery", url: "javascript:alert(1)" }, { title: "Times", url: "https://shop.example/t" }],
    }),
    message({ seq: 3, sender_type: "manager", sender_name: "Aigerim", content: "<img src=x onerror=alert(1)>" }),
  ]);
  page = desk.open("/portal/tickets/T-000001");
  await shows("on its way");
  expect(page.querySelector("strong")?.textContent).toBe("on its way");
  expect([...page.querySelectorAll(".sources a")].map((link) => link.getAttribute("href"))).toEqual(["https://shop.example/t"]);
  expect(page.querySelector("a.file")?.getAttribute("href")).toBe("/api/v1/portal/attachments/a%2F1");
  expect(text()).toContain("2.5 MB");
  expect(text()).toContain("Aigerim");
  expect(page.querySelector(".log img")).toBeNull();
});

test("an answer is shown at once and sent with a key and the header against forgery", async () => {
  desk.holds();
  page = desk.open("/portal/tickets/T-000001");
  await shows("Where is it?");
  write(".composer textarea", "It is urgent");
  await vi.waitFor(() => expect(named<HTMLButtonElement>("button", "Send").disabled).toBe(false));
  press("Send");
  await vi.waitFor(() => expect(desk.last("POST").path).toBe("/tickets/T-000001/messages"));
  const { headers, body } = desk.last("POST");
  expect((body as FormData).get("content")).toBe("It is urgent");
  expect(headers.get("X-CSRF-Token")).toBe("csrf-1");
  expect(headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
});

test("an answer that could not be sent stays, and goes again under its key", async () => {
  desk.holds();
  page = desk.open("/portal/tickets/T-000001");
  await shows("Where is it?");
  desk.refusals.set("POST /tickets/T-000001/messages", 503);
  write(".composer textarea", "It is urgent");
  await vi.waitFor(() => expect(named<HTMLButtonElement>("button", "Send").disabled).toBe(false));
  press("Send");
  await shows("Not sent.");
  const first = desk.last("POST").headers.get("Idempotency-Key");
  desk.refusals.clear();
  press("Send again");
  await vi.waitFor(() => expect(text()).not.toContain("Not sent."));
  expect(desk.last("POST").headers.get("Idempotency-Key")).toBe(first);
});

test("a conversation of a messenger is read alone", async () => {
  desk.holds({ channel: "telegram" }, [message()], false);
  page = desk.open("/portal/tickets/T-000001");
  await shows("goes on in Telegram");
  expect(page.querySelector(".composer")).toBeNull();
});

test("a request of somebody else is not there", async () => {
  page = desk.open("/portal/tickets/T-000009");
  await shows("There is no such request");
});

test("a new request is sent and opened", async () => {
  desk.holds();
  page = desk.open("/portal/new");
  await shows("Message");
  write("#content", "My lamp is broken");
  await vi.waitFor(() => expect(named<HTMLButtonElement>("button.primary[type=submit]", "Send").disabled).toBe(false));
  submit();
  await vi.waitFor(() => expect(location.pathname).toBe("/portal/tickets/T-000001"));
  expect((desk.last("POST").body as FormData).get("content")).toBe("My lamp is broken");
});

test("a session that ends in the middle leads to the sign-in and says so", async () => {
  desk.holds();
  page = desk.open("/portal/");
  await shows("Where is my order?");
  desk.signedIn = false;
  named<HTMLAnchorElement>("a", "Where is my order?").click();
  await shows("You are signed out");
});

test("leaving ends the session", async () => {
  page = desk.open();
  await shows("No requests yet");
  press("Sign out");
  await shows("Send me a link");
  expect(desk.last("DELETE").path).toBe("/session");
  expect(text()).not.toContain("You are signed out");
});

test("a desk that is away is told, with a way to try again", async () => {
  desk.isAway = true;
  page = desk.open();
  await shows("This could not be loaded");
  desk.isAway = false;
  press("Try again");
  await shows("No requests yet");
});

test("the language of the page follows the choice", async () => {
  page = desk.open();
  await shows("No requests yet");
  const select = named<HTMLSelectElement>("select", "Language");
  select.value = "kk";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await shows("Әзірге өтініш жоқ");
  expect(document.documentElement.lang).toBe("kk");
  expect(localStorage.getItem("fd.language")).toBe("kk");
});
