// send: every write of a page. Each carries an op made here, so a write that is sent twice happens once.
//
// act sends at once and says what became of it: for choices that the person sees succeed or fail.
// send with {keep: true} is for evidence, which must never be lost: it is written to this device first, then sent,
// dropped when the school has acknowledged it, sent again after a network error or a busy school (with growing pauses,
// and whenever the page is online or looked at again), and kept and shown when it is refused. Entries go out one at a
// time in the order they were made, from one tab at a time where the browser has Web Locks. An answer that comes after the
// page has stopped waiting for it, or after a reload, stands in arrived until the person has seen it.
import { computed, signal } from '@preact/signals'
import { type Box, type Entry, openBox } from './box.ts'
import { newOp } from './op.ts'
import { page } from './page.ts'
import { type Answer, type Problem, problemOf, unreachable } from './problem.ts'

/** waiting counts this person's entries that are on this device and not yet acknowledged (refused ones not counted). */
export const waiting = signal(0)
/** refused lists entries that the school would not take. */
export const refused = signal<Entry[]>([])
/** arrived lists acknowledged entries whose answer came late: nobody has seen yet what became of them. */
export const arrived = signal<Entry[]>([])
const claimed = signal<readonly string[]>([])
/** unclaimed is arrived without what a part of this page shows itself. */
export const unclaimed = computed(() => arrived.value.filter((e) => !claimed.value.includes(e.op)))
/** offline is true when the browser or the last request says that the school cannot be reached. */
export const offline = signal(typeof navigator !== 'undefined' && navigator.onLine === false)
/** signedOut is true when the school asked for a new sign-in; the work waits. */
export const signedOut = signal(false)
/** busy counts requests on their way. */
export const busy = signal(0)
/** lasting is false where this browser stores nothing: what waits is lost when the page is closed, and the page says so. */
export const lasting = signal(true)
/** saved is the one word for the state of the person's work. */
export const saved = computed<'saved' | 'sending' | 'waiting'>(() => (waiting.value === 0 ? 'saved' : busy.value > 0 && !offline.value ? 'sending' : 'waiting'))

/** patience is how long a page waits for the school before it says that a write is kept for later, in ms. */
export const patience = 8000

/** Pauses between tries, in ms; each is shortened by up to half at random so that a class does not return at once. */
const pauses = [1000, 2000, 5000, 10_000, 30_000, 60_000]

interface Waiter { done: (answer: Answer<unknown>) => void }

let box: Promise<Box> | null = null
let tries = 0
let timer: ReturnType<typeof setTimeout> | undefined
let flushing: Promise<void> | null = null
let again = false
const waiters = new Map<string, Waiter>()
const channel = typeof window === 'undefined' || typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('kith-outbox')

function opened(): Promise<Box> {
  return (box ??= openBox())
}

/** useBox replaces the device's box, for tests. */
export function useBox(next: Box): void {
  box = Promise.resolve(next)
  tries = 0
  clearTimeout(timer)
}

function meId(): string {
  return page.value.me?.id ?? ''
}

/** unsent says whether an entry is still to be sent. */
function unsent(e: Entry): boolean {
  return !e.refused && e.told === undefined
}

async function count(): Promise<void> {
  const entries = await (await opened()).all(meId())
  waiting.value = entries.filter(unsent).length
  refused.value = entries.filter((e) => e.refused)
  arrived.value = entries.filter((e) => e.told !== undefined)
}

/** post makes one request; a network failure is a Problem of status 0. */
async function post<T>(path: string, body: Record<string, unknown>, limit?: number): Promise<{ data?: T; problem?: Problem; after?: number }> {
  const stop = new AbortController()
  const clock = limit ? setTimeout(() => stop.abort(), limit) : undefined
  busy.value++
  try {
    const answer = await fetch(path, {
      method: 'POST', credentials: 'same-origin', signal: stop.signal,
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(body),
    })
    offline.value = false
    if (answer.ok) signedOut.value = false
    if (answer.ok) return { data: (answer.status === 204 ? null : await answer.json()) as T }
    return { problem: await problemOf(answer), after: Number(answer.headers.get('Retry-After')) || undefined }
  } catch {
    offline.value = typeof navigator !== 'undefined' && navigator.onLine === false ? true : !stop.signal.aborted
    return { problem: unreachable }
  } finally {
    clearTimeout(clock)
    busy.value--
  }
}

/** later says whether the same request may pass at another time. */
function later(status: number): boolean {
  return status === 0 || status === 408 || status === 425 || status === 429 || status >= 500
}

/** lost is the last act whose answer never came: it may have happened, and trying it again must not do it twice. */
let lost: { what: string; op: string } | null = null

/** act posts at once. The very same act, tried again right after its answer was lost, happens once; op does the same for
 * pages that keep it themselves. */
export async function act<T = unknown>(path: string, body: object = {}, op?: string): Promise<Answer<T>> {
  const what = path + JSON.stringify(body)
  const mine = op ?? (lost?.what === what ? lost.op : newOp())
  const got = await post<T>(path, { ...body, op: mine }, 30_000)
  lost = got.problem?.status === 0 ? { what, op: mine } : null
  if (got.problem) {
    if (got.problem.status === 401) signedOut.value = true
    return { ok: false, kept: false, problem: got.problem }
  }
  return { ok: true, data: got.data as T }
}

/** send is act, or with keep the way through this device's outbox; see the package comment. op names the act when the page
 * wants to know it again; show is kept beside an entry whose answer the person is to see even when it comes late. */
export async function send<T = unknown>(path: string, body: object, how: { keep: boolean; op?: string; show?: unknown }): Promise<Answer<T>> {
  const op = how.op ?? newOp()
  if (!how.keep) return act<T>(path, body, op)
  const entry: Entry = { op, me: meId(), path, body: { ...body, op }, at: Date.now(), show: how.show }
  const mine = await opened()
  // A device that refuses to store (full, or forbidden) must not stop the answer: it goes out at once, with the same op.
  try { await mine.put(entry) } catch { return act<T>(path, body, op) }
  lasting.value = mine.lasting
  waiting.value++
  const answer = new Promise<Answer<unknown>>((done) => {
    const clock = setTimeout(() => settle(op, { ok: false, kept: true }), patience)
    waiters.set(op, { done: (a) => { clearTimeout(clock); done(a) } })
  })
  void flush()
  return (await answer) as Answer<T>
}

function settle(op: string, answer: Answer<unknown>): void {
  waiters.get(op)?.done(answer)
  waiters.delete(op)
}

/** flush sends what waits, also what is added meanwhile. It is called by itself; a page need not. */
export function flush(): Promise<void> {
  if (flushing) { again = true; return flushing }
  clearTimeout(timer)
  flushing = (async () => {
    do { again = false; await locked(drain) } while (again)
  })().finally(() => { flushing = null })
  return flushing
}

function locked(work: () => Promise<void>): Promise<void> {
  if (typeof navigator === 'undefined' || !navigator.locks) return work()
  return navigator.locks.request(`kith-outbox ${meId()}`, work) as Promise<void>
}

async function drain(): Promise<void> {
  const mine = await opened()
  for (;;) {
    const next = (await mine.all(meId())).find(unsent)
    if (!next) break
    const got = await post(next.path, next.body, 30_000)
    if (!got.problem) {
      tries = 0
      const here = waiters.has(next.op)
      if (here) tell(next.op, { ok: true, data: got.data })
      // Where nobody waits here any more, what became of it is kept until it has been seen.
      if (!here && next.show !== undefined) await mine.put({ ...next, told: got.data ?? {} })
      else await mine.drop(next.op)
      if (!here) tell(next.op, { ok: true, data: got.data })
    } else if (got.problem.status === 401) {
      signedOut.value = true
      settleAll(await mine.all(meId()))
      break
    } else if (later(got.problem.status)) {
      settleAll(await mine.all(meId()))
      retry(got.after)
      break
    } else {
      await mine.put({ ...next, refused: got.problem })
      tell(next.op, { ok: false, kept: false, problem: got.problem })
    }
    await count()
  }
  await count()
}

/** settleAll tells the waiting pages that their entries are kept for later. */
function settleAll(entries: Entry[]): void {
  for (const e of entries) settle(e.op, { ok: false, kept: true })
}

function tell(op: string, answer: Answer<unknown>): void {
  settle(op, answer)
  channel?.postMessage({ op, answer })
}

function retry(afterSeconds?: number): void {
  const pause = afterSeconds ? afterSeconds * 1000 : pauses[Math.min(tries, pauses.length - 1)]!
  tries++
  clearTimeout(timer)
  timer = setTimeout(() => void flush(), pause * (0.5 + Math.random() / 2))
}

/** putAway drops an entry once the person has read why it was refused, or what became of it. */
export async function putAway(op: string): Promise<void> {
  await (await opened()).drop(op)
  await count()
  channel?.postMessage({ op })
}

/** claim says that a part of this page shows itself what becomes of an op, until the function it returns is called. */
export function claim(op: string): () => void {
  claimed.value = [...claimed.value, op]
  return () => { claimed.value = claimed.value.filter((o) => o !== op) }
}

/** watch counts and sends what an earlier visit left, and wakes on online and on being looked at. Shell calls it once. */
export function watch(): void {
  if (typeof window === 'undefined') return
  void count().then(() => { if (waiting.value > 0) void flush() })
  window.addEventListener('online', () => { offline.value = false; void flush() })
  window.addEventListener('offline', () => { offline.value = true })
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible' && waiting.value > 0) void flush() })
  window.addEventListener('beforeunload', (e) => { if (waiting.value > 0 && !lasting.value) e.preventDefault() })
  channel?.addEventListener('message', (m: MessageEvent<{ op: string; answer?: Answer<unknown> }>) => {
    const { op, answer } = m.data
    // Another tab sent it while this one waits: its person sees the answer here and now.
    const here = answer !== undefined && waiters.has(op)
    if (answer) settle(op, answer)
    void (here ? putAway(op) : count())
  })
}
