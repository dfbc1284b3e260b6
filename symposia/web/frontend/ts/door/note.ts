// A note outside the database: when a browser clears the database, the app can say so.
const NAME = "door-note";
const DAYS = 30;

export interface Note {
  door: string;
  waiting: number;
}

export function leaveNote(note: Note): void {
  const text = JSON.stringify(note);
  localStorage.setItem(NAME, text);
  document.cookie = `${NAME}=${encodeURIComponent(text)}; Max-Age=${DAYS * 86_400}; Path=/door/app/; SameSite=Strict`;
}

export function readNote(): Note | null {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith(`${NAME}=`));
  const text = localStorage.getItem(NAME) ?? (cookie && decodeURIComponent(cookie.slice(NAME.length + 1)));
  return text ? (JSON.parse(text) as Note) : null;
}

export function removeNote(): void {
  localStorage.removeItem(NAME);
  document.cookie = `${NAME}=; Max-Age=0; Path=/door/app/; SameSite=Strict`;
}
