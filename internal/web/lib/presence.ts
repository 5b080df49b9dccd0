// presence: where a learner is, told to their teachers while a lesson of theirs runs and at no other time. The frame says
// whether one runs (frame.now); the server keeps nothing outside a lesson, whatever a page sends.
import { page } from './page.ts'
import { act } from './send.ts'

/** Place is where a learner is: the page's name, and the skill that it is about. */
export interface Place { page: string; skill?: string }

const id = /^[0-9a-f-]{36}$/

/** here reads the place from the page's own address (its last word that is no id) and from its view. */
export function here(): Place {
  const { self, view } = page.value
  const words = self.replace(/^\/api\/v1\/page\//, '').replace(/[?#].*$/, '').split('/').filter((w) => /^[a-z][a-z-]{0,23}$/.test(w))
  const name = (words.at(-1) ?? '').replaceAll('-', '_')
  const of = (view ?? {}) as { skill?: unknown; skills?: unknown }
  const about = name === 'lesson' && Array.isArray(of.skills) ? (of.skills as unknown[])[0] : of.skill
  const skill = typeof about === 'string' ? about : (about as { id?: unknown } | null | undefined)?.id
  return typeof skill === 'string' && id.test(skill) ? { page: name, skill } : { page: name }
}

/** every is how often a page says where it is, in ms; the server counts a learner as there for some time longer. */
const every = 45_000

/** tell says where the learner is now and goes on saying so until the lesson is over or the returned stop is called. A page
 * that nobody looks at says nothing. */
export function tell(): () => void {
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const beat = async () => {
    clearTimeout(timer)
    if (stopped || document.visibilityState === 'hidden') return
    const answer = await act<{ running: boolean }>('/api/v1/set-presence', here())
    if (stopped || (answer.ok && !answer.data.running)) return
    clearTimeout(timer)
    timer = setTimeout(() => void beat(), every)
  }
  const seen = () => void beat()
  document.addEventListener('visibilitychange', seen)
  void beat()
  return () => {
    stopped = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', seen)
  }
}
