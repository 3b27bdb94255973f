import type { ComponentChildren } from "preact";
import type { Drawing } from "../products";
import { Coffee, Fridge, Kettle, Washer } from "./Appliances";
import { Headphones, Phone, Robot, Tv } from "./Devices";

const DRAWINGS: Record<Drawing, () => ComponentChildren> = {
  phone: Phone,
  fridge: Fridge,
  robot: Robot,
  tv: Tv,
  washer: Washer,
  headphones: Headphones,
  kettle: Kettle,
  coffee: Coffee,
};

/** A product drawn on a floor of its own: no photographs, nothing fetched. */
export function Art({ drawing }: { drawing: Drawing }) {
  return (
    <svg viewBox="0 0 240 200" aria-hidden="true">
      {DRAWINGS[drawing]()}
    </svg>
  );
}
