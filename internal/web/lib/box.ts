// box: what is written on this device before it is sent: one IndexedDB store, keyed by op, so in the order it was made.
//
// A put is finished when the browser says that it is on disk (durability "strict"). Where IndexedDB is refused (some
// private windows) the entries live in the page, and lasting says so, because then closing the page would lose them.
import type { Problem } from './problem.ts'

/** Entry is one write that the school has not acknowledged. me is whose it is: a shared tablet has several people.
 * show is what the page wants to have at hand when the answer comes late, and told is that answer: then the entry has been
 * acknowledged, and stays until the person has seen what became of it. */
export interface Entry { op: string; me: string; path: string; body: Record<string, unknown>; at: number; refused?: Problem; show?: unknown; told?: unknown }

/** Box keeps entries. */
export interface Box {
  lasting: boolean
  put(entry: Entry): Promise<void>
  drop(op: string): Promise<void>
  all(me: string): Promise<Entry[]>
  /** How many wait to be sent, of everybody who uses this device. */
  count(): Promise<number>
}

const store = 'outbox'

function openDb(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const asked = indexedDB.open('kith', 1)
    asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore(store, { keyPath: 'op' }))
    asked.addEventListener('success', () => { asked.result.addEventListener('versionchange', () => asked.result.close()); done(asked.result) })
    asked.addEventListener('error', () => fail(asked.error ?? new Error('indexedDB')))
    asked.addEventListener('blocked', () => fail(new Error('indexedDB is blocked')))
  })
}

function write(db: IDBDatabase, act: (s: IDBObjectStore) => void): Promise<void> {
  return new Promise((done, fail) => {
    const tx = db.transaction(store, 'readwrite', { durability: 'strict' })
    tx.addEventListener('complete', () => done())
    tx.addEventListener('abort', () => fail(tx.error ?? new Error('the device refused to store')))
    act(tx.objectStore(store))
  })
}

/** memoryBox keeps entries for as long as the page lives. */
export function memoryBox(): Box {
  const kept = new Map<string, Entry>()
  return {
    lasting: false,
    put: (entry) => { kept.set(entry.op, entry); return Promise.resolve() },
    drop: (op) => { kept.delete(op); return Promise.resolve() },
    all: (me) => Promise.resolve([...kept.values()].filter((e) => e.me === me).sort(byOp)),
    count: () => Promise.resolve(kept.size),
  }
}

const byOp = (a: Entry, b: Entry) => (a.op < b.op ? -1 : 1)

/** openBox opens the device's box, or one in memory when there is none. */
export async function openBox(): Promise<Box> {
  if (typeof indexedDB === 'undefined') return memoryBox()
  let db: IDBDatabase
  try { db = await openDb() } catch { return memoryBox() }
  return {
    lasting: true,
    put: (entry) => write(db, (s) => s.put(entry)),
    drop: (op) => write(db, (s) => s.delete(op)),
    all: async (me) => (await every(db)).filter((e) => e.me === me),
    count: async () => (await every(db)).filter((e) => e.told === undefined).length,
  }
}

function every(db: IDBDatabase): Promise<Entry[]> {
  return new Promise((done, fail) => {
    const asked = db.transaction(store, 'readonly').objectStore(store).getAll()
    asked.addEventListener('success', () => done(asked.result as Entry[]))
    asked.addEventListener('error', () => fail(asked.error ?? new Error('indexedDB')))
  })
}
