// asked: what a page asks the school while somebody types. It changes nothing, and nothing depends on it.
import { type Problem, problemOf, unreachable } from '../lib/problem.ts'

/** asked posts a question and gives its answer, or what was the matter. It never rejects. */
export async function asked<T>(path: string, body: object, signal?: AbortSignal): Promise<{ ok: true; data: T } | { ok: false; problem: Problem }> {
  try {
    const answer = await fetch(path, { method: 'POST', credentials: 'same-origin', signal, headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(body) })
    return answer.ok ? { ok: true, data: (await answer.json()) as T } : { ok: false, problem: await problemOf(answer) }
  } catch {
    return { ok: false, problem: unreachable }
  }
}
