// acting: one act at a time with what became of it, for pages whose acts are choices that a person sees succeed or fail.
import type { Signal } from '@preact/signals'
import { useRef, useState } from 'preact/hooks'
import { reload } from './page.ts'
import type { Problem } from './problem.ts'
import { act, busy } from './send.ts'

/** Acting is the state of a form: what was refused last, and whether something is on its way. */
export interface Acting {
  problem: Problem | null
  busy: boolean
  /** run sends an act, loads the page anew when it was taken, and gives its outcome; null when it was refused. */
  run: <T>(path: string, body: object) => Promise<T | null>
  clear: () => void
}

/** drawnAnew is part of the act for whoever waits for it. */
async function drawnAnew(): Promise<void> {
  busy.value++
  try { await reload() } finally { busy.value-- }
}

/** useActing is for forms. It is busy until the page is drawn anew: on a slow line the form still stands there for a while
 * after the school has taken it, and a second press in that time would be a second act. */
export function useActing(): Acting {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [running, setRunning] = useState(false)
  const going = useRef(false)
  const run = async <T>(path: string, body: object): Promise<T | null> => {
    if (going.current) return null
    going.current = true
    setRunning(true)
    const answer = await act<T>(path, body)
    if (answer.ok) { setProblem(null); await drawnAnew() } else setProblem(answer.kept ? null : answer.problem)
    going.current = false
    setRunning(false)
    return answer.ok ? answer.data : null
  }
  return { problem, busy: running, run, clear: () => setProblem(null) }
}

/** actsWith is for single buttons of a page that shows its trouble in one place. What it gives runs an act, says in trouble
 * what went wrong, and loads the page anew; false when it was refused, and when the same act is still going on: a double
 * click does a thing once. */
export function actsWith(trouble: Signal<Problem | null>): (path: string, body: object) => Promise<boolean> {
  const going = new Set<string>()
  return async (path, body) => {
    const what = path + JSON.stringify(body)
    if (going.has(what)) return false
    going.add(what)
    const answer = await act(path, body)
    trouble.value = 'problem' in answer ? answer.problem : null
    await drawnAnew()
    going.delete(what)
    return answer.ok
  }
}
