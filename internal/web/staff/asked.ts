// asked: what a page asks the school while somebody types. It changes nothing, and nothing depends on it.
import { type Problem, problemOf, unreachable } from '../lib/problem.ts'

type Answer<T> = { ok: true; data: T } | { ok: false; problem: Problem }

/** asked posts a question and gives its answer, or what was the matter. It never rejects. */
export function asked<T>(path: string, body: object, signal?: AbortSignal): Promise<Answer<T>> {
  return got<T>(path, { method: 'POST', signal, headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(body) })
}

/** loaded gives what stands at an address now. It never rejects. */
export function loaded<T>(path: string): Promise<Answer<T>> {
  return got<T>(path, { headers: { Accept: 'application/json' } })
}

async function got<T>(path: string, how: RequestInit): Promise<Answer<T>> {
  try {
    const answer = await fetch(path, { credentials: 'same-origin', ...how })
    return answer.ok ? { ok: true, data: (await answer.json()) as T } : { ok: false, problem: await problemOf(answer) }
  } catch {
    return { ok: false, problem: unreachable }
  }
}
