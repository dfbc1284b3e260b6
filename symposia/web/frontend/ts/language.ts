/** The language of the page as dates are written in it here: English with the day before the month. */
export function languageOfDates(language = document.documentElement.lang): string {
  return language === "en" ? "en-GB" : language;
}
