// live: changes that others make, as they happen.
//
// One EventSource for the tabs of a browser that follow the same topics: the tab that holds a Web Lock listens and
// hands on by BroadcastChannel. A hidden tab lets go. Where a stream ends it begins again after the last revision seen:
// the address carries after=topic@rev,…, which says the same as Last-Event-ID. The server sends "change" events, or one
// "resync" when it cannot fill the gap; then the page asks for its view anew.
import { page, reload } from './page.ts'

/** Change is one thing that happened under a topic. rev rises by one for each change of a topic. */
export interface Change { topic: string; rev: number; kind: string; data: unknown }

type Heard = { is: 'change'; change: Change } | { is: 'resync' }

/** after words the revisions for the stream's address. */
export function after(topics: string[], revs: Record<string, number>): string {
  return topics.map((topic) => `${topic}@${revs[topic] ?? 0}`).join(',')
}

/** live calls onChange for every change of the topics that is newer than the page's view, until the returned stop is
 * called. A resync loads the page's view anew and calls onChange with nothing. Without topics it follows page.revs. */
export function live(onChange: (change: Change | null) => void, topics = Object.keys(page.value.revs).sort()): () => void {
  if (topics.length === 0 || typeof EventSource === 'undefined') return () => {}
  const revs: Record<string, number> = {}
  const read = () => { for (const topic of topics) revs[topic] = Math.max(revs[topic] ?? 0, page.value.revs[topic] ?? 0) }
  read()
  const name = `kith-live ${topics.join(' ')}`
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name)
  let letGo: (() => void) | null = null
  let stopped = false
  let wanted: AbortController | null = null

  const hear = (heard: Heard) => {
    if (stopped) return
    if (heard.is === 'resync') {
      void reload().then((ok) => { if (ok && !stopped) { read(); onChange(null) } })
      return
    }
    const { topic, rev } = heard.change
    if (rev <= Math.max(revs[topic] ?? 0, page.value.revs[topic] ?? 0)) return
    revs[topic] = rev
    onChange(heard.change)
  }
  channel?.addEventListener('message', (m: MessageEvent<Heard>) => hear(m.data))

  const listen = () => new Promise<void>((over) => {
    let source: EventSource | null = null
    let pause = 1000
    let timer: ReturnType<typeof setTimeout> | undefined
    const pass = (heard: Heard) => { hear(heard); channel?.postMessage(heard) }
    const open = () => {
      source = new EventSource(`/api/v1/live?topics=${encodeURIComponent(topics.join(','))}&after=${encodeURIComponent(after(topics, revs))}`)
      source.addEventListener('open', () => { pause = 1000 })
      source.addEventListener('change', (e) => pass({ is: 'change', change: JSON.parse((e as MessageEvent<string>).data) as Change }))
      source.addEventListener('resync', () => pass({ is: 'resync' }))
      source.addEventListener('error', () => {
        // A lost stream is opened anew here, not by the browser, so that its address says what has been seen.
        source?.close()
        timer = setTimeout(open, pause * (0.5 + Math.random() / 2))
        pause = Math.min(pause * 2, 30_000)
      })
    }
    open()
    letGo = () => { letGo = null; clearTimeout(timer); source?.close(); over() }
  })

  const begin = () => {
    if (stopped || wanted || document.visibilityState === 'hidden') return
    wanted = new AbortController()
    const mine = wanted
    const run = () => (mine.signal.aborted ? Promise.resolve() : listen())
    const held = navigator.locks ? navigator.locks.request(name, { signal: mine.signal }, run) : run()
    held.catch(() => {})
  }
  const end = () => {
    wanted?.abort()
    wanted = null
    letGo?.()
  }
  const onVisible = () => { if (document.visibilityState === 'hidden') end(); else { read(); begin() } }
  document.addEventListener('visibilitychange', onVisible)
  begin()
  return () => {
    stopped = true
    document.removeEventListener('visibilitychange', onVisible)
    end()
    channel?.close()
  }
}
