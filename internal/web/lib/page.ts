// page: what the server put into this page, and how the page begins.
//
// The document carries two data blocks. <script type="application/json" id="page"> holds a Page, and
// <script type="application/json" id="words"> holds the words (words.ts). The same Page, without words, is what
// GET page.self answers, so that a page can load itself anew. mount draws a component with the view into #app.
import { signal } from '@preact/signals'
import { type ComponentType, h, render } from 'preact'
import type { WhereNow } from './api.gen.ts'

/** Tab is one place of the navigation. Its words are the catalogue key nav.NAME; its icon is a name of ui/icons.json. */
export interface Tab { name: string; href: string; icon: string; count?: number }

/** Me is the signed-in person. */
export interface Me { id: string; name: string; role: string }

/** Hand is the raise-a-hand state: path receives {op, line, down, page, skill} (POST); state is '' when it is down; reader is who reads the line. */
export interface Hand { path: string; state: '' | 'waiting' | 'coming'; text?: string; reader?: string }

/** Frame is what stands around every page: the tabs, which of them is here, the hand, where to sign out, and the lesson that
 * runs now (learners only). */
export interface Frame { tabs: Tab[]; here: string; hand?: Hand | null; out?: string; now?: WhereNow | null }

/** Page is the whole of the page data block. */
export interface Page<V = unknown> {
  /** The page's own view model. */
  view: V
  /** The topic revisions at which the view was read, e.g. {"class:0192…": 41}. */
  revs: Record<string, number>
  /** GET address that answers this same structure anew. */
  self: string
  /** Nobody is signed in: null. */
  me: Me | null
  frame: Frame
  /** Server time in ms UTC when the view was made. */
  at: number
  /** IANA zone of the school; every time on a page is school time. */
  zone: string
  /** BCP 47 tag of the words, e.g. "en", "ar-XB". */
  locale: string
  dir: 'ltr' | 'rtl'
}

const empty: Page = { view: {}, revs: {}, self: '', me: null, frame: { tabs: [], here: '' }, at: 0, zone: 'UTC', locale: 'en', dir: 'ltr' }

/** block reads a JSON data block of the document; fallback when there is none (in tests). */
export function block<T>(id: string, fallback: T): T {
  if (typeof document === 'undefined') return fallback
  const text = document.getElementById(id)?.textContent
  return text ? (JSON.parse(text) as T) : fallback
}

/** page is the page's data; set anew by reload. */
export const page = signal<Page>({ ...empty, ...block<Partial<Page>>('page', {}) })

const skew = page.value.at > 0 ? page.value.at - Date.now() : 0

/** now is the present in ms UTC by the server's clock; a device's own clock may be wrong by years. */
export function now(): number {
  return Date.now() + skew
}

/** setPage replaces the page's data, e.g. in tests. Topics already heard of further on keep their revision. */
export function setPage(next: Partial<Page>): void {
  page.value = { ...page.value, ...next }
}

let loading: Promise<boolean> | null = null
let stale = false

/** reload asks the server for the page's view anew and draws it. false when it could not be had; the old view stays.
 * Asked for while one is on its way, it loads once more after that, because the first may have been read too early. */
export function reload(): Promise<boolean> {
  if (loading) { stale = true; return loading }
  loading = (async () => {
    let ok = false
    do { stale = false; ok = await load() } while (stale && ok)
    return ok
  })().finally(() => { loading = null })
  return loading
}

/** pause is the least time between two loads that refresh asks for, in ms. */
const pause = 400
let next = 0
let soon: ReturnType<typeof setTimeout> | undefined

/** refresh is reload for pages that hear of many changes: the first at once, those that follow together. */
export function refresh(): void {
  if (soon !== undefined) return
  const wait = Math.max(0, next - Date.now())
  soon = setTimeout(() => { soon = undefined; next = Date.now() + pause; void reload() }, wait)
}

async function load(): Promise<boolean> {
  const { self } = page.value
  if (!self) { location.reload(); return true }
  try {
    const answer = await fetch(self, { headers: { Accept: 'application/json' }, credentials: 'same-origin' })
    if (answer.status === 401) { location.reload(); return false }
    if (!answer.ok) return false
    setPage((await answer.json()) as Page)
    return true
  } catch {
    return false
  }
}

let framing: Promise<boolean> | null = null
let staleFrame = false

/** reframe asks for the page anew and takes only its frame, so that what a person is in the middle of stays as it is. Asked
 * for while a frame or the page is on its way, it asks once more after that, as reload does. */
export function reframe(): Promise<boolean> {
  if (loading) return reload()
  if (framing) { staleFrame = true; return framing }
  framing = (async () => {
    let ok = false
    do { staleFrame = false; ok = await loadFrame() } while (staleFrame && ok)
    return ok
  })().finally(() => { framing = null })
  return framing
}

async function loadFrame(): Promise<boolean> {
  const { self } = page.value
  if (!self) return false
  try {
    const answer = await fetch(self, { headers: { Accept: 'application/json' }, credentials: 'same-origin' })
    if (!answer.ok) return false
    setPage({ frame: ((await answer.json()) as Page).frame })
    return true
  } catch {
    return false
  }
}

/** mount draws the component with the page's view and draws it again whenever the view is set anew. */
export function mount<V>(component: ComponentType<{ view: V }>): void {
  if (typeof document === 'undefined') return
  const at = document.getElementById('app')
  if (!at) throw new Error('the document has no #app')
  const Whole = () => h(component, { view: page.value.view as V })
  at.replaceChildren()
  render(h(Whole, null), at)
  void navigator.serviceWorker?.register('/worker.js').catch(() => {}) // worker.ts; a page does without it
}
