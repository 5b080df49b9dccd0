// worker: the service worker. It does one thing: where a page cannot be had because the network or the school is away, it
// shows the page /away, which says so, and opens the page by itself when the school is there again. It keeps that page and
// what it is drawn with, and nothing of anybody: devices are shared.

/** BUILD is put in by the build: another one makes browsers take this worker anew, and with it the page /away. */
declare const BUILD: string

interface Waits extends Event { waitUntil(p: Promise<unknown>): void }
interface Fetch extends Waits { request: Request; preloadResponse?: Promise<Response | undefined>; respondWith(p: Promise<Response>): void }
interface Install extends Waits { addRoutes?(routes: unknown): Promise<void> }
interface Scope { caches: CacheStorage; skipWaiting(): Promise<void>; registration: { navigationPreload?: { enable(): Promise<void> } }; clients: { claim(): Promise<void> }; addEventListener(type: string, on: (e: never) => void): void }

const scope = globalThis as unknown as Scope
/** kept is the cache of this build. */
export const kept = `away-${BUILD}`
const away = '/away'

/** keep stores the page and every file of ours that it names. */
async function keep(): Promise<void> {
  const cache = await scope.caches.open(kept)
  const answer = await fetch(away, { cache: 'no-store', credentials: 'same-origin' })
  if (!answer.ok) throw new Error(`${away}: ${answer.status}`)
  const text = await answer.clone().text()
  const files = [...new Set(text.match(/\/assets\/[\w.-]+/g))]
  const fonts = (await Promise.all(files.filter((f) => f.endsWith('.css')).map(async (f) => (await fetch(f)).text()))).flatMap((css) => css.match(/\/assets\/latin-[A-Z0-9]+\.woff2/g) ?? [])
  await cache.addAll([...files, ...new Set(fonts)])
  await cache.put(away, answer)
}

scope.addEventListener('install', (e: Install) => {
  // Where the browser knows routes, only documents pass through here; nothing else waits for this worker to start.
  void e.addRoutes?.([{ condition: { urlPattern: '/assets/*' }, source: { cacheName: kept } }, { condition: { not: { requestMode: 'navigate' } }, source: 'network' }])?.catch(() => {})
  e.waitUntil(keep().then(() => scope.skipWaiting()))
})

scope.addEventListener('activate', (e: Waits) => {
  e.waitUntil((async () => {
    for (const key of await scope.caches.keys()) if (key !== kept) await scope.caches.delete(key)
    await scope.registration.navigationPreload?.enable()
    await scope.clients.claim()
  })())
})

scope.addEventListener('fetch', (e: Fetch) => {
  const { request } = e
  if (request.method !== 'GET') return
  if (request.mode === 'navigate') {
    e.respondWith((async () => {
      try {
        return (await e.preloadResponse) ?? (await fetch(request))
      } catch {
        return (await scope.caches.match(away)) ?? Response.error()
      }
    })())
  } else if (new URL(request.url).pathname.startsWith('/assets/')) { // they never change
    e.respondWith((async () => (await scope.caches.match(request.url)) ?? fetch(request))())
  }
})
