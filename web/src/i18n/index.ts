import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type admin from "./admin.en.json";
import type editor from "./editor.en.json";
import type en from "./en.json";
import type shelf from "./shelf.en.json";

export const LANGUAGES = { en: "English", ja: "日本語" } as const;
export type Language = keyof typeof LANGUAGES;

const CHOICE = "egaku.language";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: {
      translation: typeof en & { admin: typeof admin; editor: typeof editor; shelf: typeof shelf };
    };
  }
}

const texts: Record<Language, () => Promise<{ default: unknown }>> = {
  en: () => import("./en.json"),
  ja: () => import("./ja.json"),
};

/** Words of pages that are fetched with them, each a section of its name. */
const sections = {
  admin: { en: () => import("./admin.en.json"), ja: () => import("./admin.ja.json") },
  editor: { en: () => import("./editor.en.json"), ja: () => import("./editor.ja.json") },
  shelf: { en: () => import("./shelf.en.json"), ja: () => import("./shelf.ja.json") },
} as const satisfies Record<string, Record<Language, () => Promise<{ default: object }>>>;
export type Section = keyof typeof sections;

const fetched = new Set<Section>();

function isLanguage(value: string | null | undefined): value is Language {
  return value != null && value in LANGUAGES;
}

/** The chosen language, else the first of the browser's that there is. */
export function preferredLanguage(chosen: string | null, browser: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  for (const tag of browser) {
    const language = tag.toLowerCase().split("-")[0];
    if (isLanguage(language)) return language;
  }
  return "en";
}

/** Load the language's words; the page is shown when they are there. */
export async function startLanguage(): Promise<void> {
  const language = preferredLanguage(localStorage.getItem(CHOICE), navigator.languages);
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: (await texts[language]()).default as object } },
    interpolation: { escapeValue: false }, // React does
    returnNull: false,
    fallbackLng: false,
  });
  document.documentElement.lang = language;
}

/** Have a section's words in today's language, and in any that is chosen later. */
export async function loadWords(section: Section): Promise<void> {
  fetched.add(section);
  await addSection(section, currentLanguage());
}

/** Code that is fetched when it is wanted, together with its words. */
export async function withWords<T>(section: Section, code: Promise<T>): Promise<T> {
  const [fetchedCode] = await Promise.all([code, loadWords(section)]);
  return fetchedCode;
}

async function addSection(section: Section, language: Language): Promise<void> {
  const words = { [section]: (await sections[section][language]()).default };
  i18next.addResourceBundle(language, "translation", words, true, true);
}

export async function chooseLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "translation")) {
    i18next.addResourceBundle(language, "translation", (await texts[language]()).default);
  }
  await Promise.all([...fetched].map((section) => addSection(section, language)));
  localStorage.setItem(CHOICE, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : "en";
}
