import { useEffect, useState } from "preact/hooks";
import { useVisitor } from "./demo";
import { frontdesk } from "./frontdesk";
import { Catalogue } from "./sections/Catalogue";
import { Delivery } from "./sections/Delivery";
import { DemoBar } from "./sections/DemoBar";
import { Facts } from "./sections/Facts";
import { Footer } from "./sections/Footer";
import { Header } from "./sections/Header";
import { Help } from "./sections/Help";
import { Hero } from "./sections/Hero";
import { firstLocale, keepLocale, type Locale, TEXTS } from "./texts";

export function Shop() {
  const [locale, setLocale] = useState<Locale>(firstLocale);
  const visitor = useVisitor();
  const t = TEXTS[locale];

  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = `${t.brand} · ${t.tagline}`;
    frontdesk("locale", locale);
  }, [locale, t]);

  const choose = (next: Locale) => {
    keepLocale(next);
    setLocale(next);
  };

  return (
    <>
      <DemoBar t={t} visitor={visitor} />
      <Header t={t} locale={locale} onLocale={choose} />
      <main>
        <Hero t={t} />
        <Facts t={t} />
        <Catalogue t={t} locale={locale} />
        <Delivery t={t} />
        <Help t={t} />
      </main>
      <Footer t={t} />
    </>
  );
}
