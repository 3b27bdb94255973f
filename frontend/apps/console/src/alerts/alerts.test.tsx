import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { open, refusal, startDesk, stopDesk } from "../testDesk";
import { page, ticket } from "../testSupport";

afterEach(stopDesk);

test("a watched topic is added and taken off, and the list is asked for anew", async () => {
  let phrases = ["бой"];
  let listed = 0;
  const alerts = () => ({ alerts: phrases.map((phrase) => ({ phrase, matches: phrase === "бой" ? 1000 : 2 })) });
  startDesk({
    "/tickets": () => ((listed += 1), { ...page([ticket()]), matches: phrases.length }),
    "/topic-alerts": alerts,
    "PUT /topic-alerts": (body: { phrases: string[] }) => ((phrases = body.phrases), alerts()),
  });
  const { user } = await open("/");
  await user.click(await screen.findByRole("button", { name: "Темы под наблюдением: 1 в этом списке" }));
  expect(await screen.findByText("открытых: 1 000+", { normalizer: (text) => text.replaceAll(/\s/g, " ") })).toBeTruthy();
  const before = listed;
  await user.type(screen.getByRole("textbox", { name: "Слово или фраза" }), "не пришёл, курьер{Enter}");
  expect(await screen.findByText("открытых: 2")).toBeTruthy();
  await waitFor(() => expect(listed).toBeGreaterThan(before));
  await user.click(screen.getByRole("button", { name: "Не следить: бой" }));
  await waitFor(() => expect(phrases).toEqual(["не пришёл  курьер"]));
});

test("a refusal stands in the sheet, and what was watched stays", async () => {
  startDesk({ "/topic-alerts": { alerts: [{ phrase: "бой", matches: 0 }] }, "PUT /topic-alerts": refusal(422, "validation_error") });
  const { user } = await open("/");
  await user.click(await screen.findByRole("button", { name: "Темы под наблюдением" }));
  await user.click(await screen.findByRole("button", { name: "Не следить: бой" }));
  expect(await screen.findByRole("alert")).toBeTruthy();
  expect(screen.getByText("бой")).toBeTruthy();
});
