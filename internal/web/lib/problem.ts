// problem: what the server says when it refuses (RFC 9457 problem documents whose words are a Phrase).
import type { Phrase } from './words.ts'

/** Problem is a refusal. say is for the person; kind is the fault's kind ("conflict"); ref finds it in the server's log. */
export interface Problem { status: number; kind: string; say: Phrase; ref?: string }

/** Answer is what became of a write: taken with its result, refused with a problem, or kept on this device for later. */
export type Answer<T> =
  | { ok: true; data: T }
  | { ok: false; kept: false; problem: Problem }
  | { ok: false; kept: true }

interface Body { kind?: string; say?: Phrase; ref?: string }

/** problemOf reads a refusal; an answer that is no problem document (a proxy's page) becomes a plain one. */
export async function problemOf(answer: Response): Promise<Problem> {
  let body: Body = {}
  try { body = (await answer.json()) as Body } catch { body = {} }
  return { status: answer.status, kind: body.kind ?? 'internal', say: body.say?.code ? body.say : { code: 'ui.error.unknown' }, ref: body.ref }
}

/** unreachable is the problem of a request that never reached the school. */
export const unreachable: Problem = { status: 0, kind: 'unavailable', say: { code: 'ui.error.network' } }
