import type { Locale } from "./texts";

export type Drawing = "phone" | "fridge" | "robot" | "tv" | "washer" | "headphones" | "kettle" | "coffee";

export interface Product {
  drawing: Drawing;
  /** The backdrop behind the drawing. */
  tint: "sky" | "sand" | "sage" | "rose";
  price: number;
  name: Record<Locale, string>;
  line: Record<Locale, string>;
}

export const PRODUCTS: readonly Product[] = [
  {
    drawing: "phone",
    tint: "sky",
    price: 129_990,
    name: { ru: "Смартфон Tumar X5", kk: "Tumar X5 смартфоны", en: "Tumar X5 smartphone" },
    line: { ru: "128 ГБ, графитовый", kk: "128 ГБ, графит түсті", en: "128 GB, graphite" },
  },
  {
    drawing: "coffee",
    tint: "sand",
    price: 159_990,
    name: { ru: "Кофемашина Dastarkhan Crema", kk: "Dastarkhan Crema кофемашинасы", en: "Dastarkhan Crema coffee machine" },
    line: { ru: "Капучино одной кнопкой", kk: "Бір түймемен капучино", en: "Cappuccino at one touch" },
  },
  {
    drawing: "robot",
    tint: "sage",
    price: 139_990,
    name: { ru: "Робот-пылесос Jel Robo S", kk: "Jel Robo S робот-шаңсорғышы", en: "Jel Robo S robot vacuum" },
    line: { ru: "Сам возвращается на базу", kk: "Базасына өзі оралады", en: "Finds its own way home" },
  },
  {
    drawing: "headphones",
    tint: "rose",
    price: 59_990,
    name: { ru: "Наушники Saz Studio", kk: "Saz Studio құлаққабы", en: "Saz Studio headphones" },
    line: { ru: "Накладные, без проводов", kk: "Сымсыз, құлақ үстіне киіледі", en: "Wireless, on-ear" },
  },
  {
    drawing: "fridge",
    tint: "sage",
    price: 319_990,
    name: { ru: "Холодильник Ayaz NF", kk: "Ayaz NF тоңазытқышы", en: "Ayaz NF fridge" },
    line: { ru: "350 л, без инея", kk: "350 л, қырау тұрмайды", en: "350 l, frost-free" },
  },
  {
    drawing: "tv",
    tint: "sky",
    price: 219_990,
    name: { ru: "Телевизор Koktem 55″", kk: "Koktem 55″ теледидары", en: "Koktem 55″ TV" },
    line: { ru: "4K, тонкая рамка", kk: "4K, жіңішке жиек", en: "4K, slim frame" },
  },
  {
    drawing: "washer",
    tint: "rose",
    price: 189_990,
    name: { ru: "Стиральная машина Bulak", kk: "Bulak кір жуғыш машинасы", en: "Bulak washing machine" },
    line: { ru: "7 кг, тихий отжим", kk: "7 кг, тыныш сығу", en: "7 kg, quiet spin" },
  },
  {
    drawing: "kettle",
    tint: "sand",
    price: 18_990,
    name: { ru: "Электрочайник Shaynek", kk: "Shaynek электр шәйнегі", en: "Shaynek electric kettle" },
    line: { ru: "1,7 л, стальной", kk: "1,7 л, болат", en: "1.7 l, steel" },
  },
];

/** 129990 -> "129 990 ₸", in every language the same. */
export function priceOf(amount: number): string {
  return `${String(amount).replace(/\B(?=(\d{3})+$)/g, "\u00a0")}\u00a0₸`;
}
