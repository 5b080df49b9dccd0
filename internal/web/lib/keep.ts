// keep: a half-written form on this device, so that a closed page or a lost network costs nothing. It is nobody's work yet: what
// is sent and must arrive goes through send. Where the browser stores nothing, nothing is kept, and the page goes on.
import { page } from './page.ts'

const store = 'forms'

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    if (typeof indexedDB === 'undefined') { fail(new Error('indexedDB')); return }
    const asked = indexedDB.open('kith-forms', 1)
    asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore(store))
    asked.addEventListener('success', () => { asked.result.addEventListener('versionchange', () => asked.result.close()); done(asked.result) })
    asked.addEventListener('error', () => fail(asked.error ?? new Error('indexedDB')))
    asked.addEventListener('blocked', () => fail(new Error('indexedDB is blocked')))
  })
}

/** mine is a form's name together with whose it is: a shared tablet has several people. */
const mine = (name: string) => `${page.value.me?.id ?? ''} ${name}`

async function run<T>(mode: IDBTransactionMode, act: (s: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const db = await open()
    return await new Promise<T>((done, fail) => {
      const asked = act(db.transaction(store, mode).objectStore(store))
      asked.addEventListener('success', () => done(asked.result))
      asked.addEventListener('error', () => fail(asked.error ?? new Error('indexedDB')))
    }).finally(() => db.close())
  } catch {
    return undefined
  }
}

/** Kept is a form as it was left, and when (ms UTC, this device's clock). */
export interface Kept<T> { form: T; at: number }

/** keepForm writes a form down; true once it is on this device. */
export async function keepForm<T>(name: string, form: T): Promise<boolean> {
  return (await run('readwrite', (s) => s.put({ form, at: Date.now() } satisfies Kept<T>, mine(name)))) !== undefined
}

/** keptForm is a form that was left; undefined when there is none. */
export function keptForm<T>(name: string): Promise<Kept<T> | undefined> {
  return run<Kept<T>>('readonly', (s) => s.get(mine(name)) as IDBRequest<Kept<T>>)
}

/** dropForm forgets a form: it was sent, or is not wanted. */
export async function dropForm(name: string): Promise<void> {
  await run('readwrite', (s) => s.delete(mine(name)))
}
