// What a phone keeps: one database, encrypted with a key that no script can take out of it.
const SINGLE = "kept";
const EVENTS = "events";
const KEYS = "keys";

interface Sealed {
  event_uuid?: string;
  iv: Uint8Array;
  data: ArrayBuffer;
}

function done<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((answer, fail) => {
    asked.onsuccess = () => answer(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

function finished(work: IDBTransaction): Promise<void> {
  return new Promise((answer, fail) => {
    work.oncomplete = () => answer();
    work.onabort = () => fail(work.error);
    work.onerror = () => fail(work.error);
  });
}

export class Store {
  private constructor(
    private readonly database: IDBDatabase,
    private readonly key: CryptoKey,
  ) {}

  static async open(name: string): Promise<Store> {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(KEYS);
      asked.result.createObjectStore(SINGLE);
      asked.result.createObjectStore(EVENTS, { keyPath: "event_uuid" });
    };
    const database = await done(asked);
    // Another page of the app that wipes the phone is not made to wait for this one.
    database.onversionchange = () => database.close();
    return new Store(database, await keyOf(database));
  }

  /** Another one may open it, or wipe it, without waiting for this one. */
  close(): void {
    this.database.close();
  }

  async get<T>(name: string): Promise<T | undefined> {
    const found = await done<Sealed | undefined>(this.database.transaction(SINGLE).objectStore(SINGLE).get(name));
    return found && this.opened<T>(found);
  }

  async put(name: string, value: unknown): Promise<void> {
    const sealed = await this.sealed(value);
    await this.write(SINGLE, (store) => store.put(sealed, name));
  }

  async events<T>(): Promise<T[]> {
    const found = await done<Sealed[]>(this.database.transaction(EVENTS).objectStore(EVENTS).getAll());
    return Promise.all(found.map((one) => this.opened<T>(one)));
  }

  /** Keep observations; it is done when the device says that they are on the disk. */
  async keep(events: { event_uuid: string }[]): Promise<void> {
    const sealed = await Promise.all(events.map(async (one) => ({ event_uuid: one.event_uuid, ...(await this.sealed(one)) })));
    await this.write(EVENTS, (store) => sealed.forEach((one) => store.put(one)));
  }

  /** Forget an observation that is settled or taken back. */
  async drop(event_uuid: string): Promise<void> {
    await this.write(EVENTS, (store) => store.delete(event_uuid));
  }

  /** Nothing is left: data, and the key that could have read it. */
  async wipe(): Promise<void> {
    const work = this.database.transaction([KEYS, SINGLE, EVENTS], "readwrite");
    for (const name of [KEYS, SINGLE, EVENTS]) work.objectStore(name).clear();
    await finished(work);
    this.database.close();
    await done(indexedDB.deleteDatabase(this.database.name));
  }

  private async write(name: string, change: (store: IDBObjectStore) => void): Promise<void> {
    const work = this.database.transaction(name, "readwrite", { durability: "strict" });
    const end = finished(work);
    change(work.objectStore(name));
    await end;
  }

  private async sealed(value: unknown): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, new TextEncoder().encode(JSON.stringify(value)));
    return { iv, data };
  }

  private async opened<T>(sealed: Sealed): Promise<T> {
    const iv = new Uint8Array(sealed.iv);
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, this.key, sealed.data);
    return JSON.parse(new TextDecoder().decode(text)) as T;
  }
}

/** The key of this database, made once, whoever of several pages asks for it first. */
async function keyOf(database: IDBDatabase): Promise<CryptoKey> {
  const known = await done<CryptoKey | undefined>(database.transaction(KEYS).objectStore(KEYS).get("key"));
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const work = database.transaction(KEYS, "readwrite", { durability: "strict" });
  const end = finished(work);
  const keys = work.objectStore(KEYS);
  const faster = await done<CryptoKey | undefined>(keys.get("key"));
  if (!faster) keys.put(made, "key");
  await end;
  return faster ?? made;
}
