// Written by internal/web/apigen from the operations' Go types. Do not edit: run make types.

import type { Phrase } from './words.ts'

export type { Phrase }

export interface AskedBox {
  after: string
  before: string
  label: string
}

export interface AskedVariant {
  attribution?: Attribution
  boxes: AskedBox[]
  context: string
  draw_n: number
  hints: number
  item: string
  kind: string
  ladder: El[][]
  options: Offered[]
  text: El[]
  try: number
  unit: string
  version: number
}

export interface AttemptOut {
  after: 'not_started' | 'growing' | 'secure' | 'another_look'
  before: 'not_started' | 'growing' | 'secure' | 'another_look'
  dots: string[]
  nudge?: El[]
  outcome: 'right' | 'not_yet' | 'unread'
  solution?: El[]
  tries_end: boolean
  where?: number
  why: Phrase
}

export interface Attribution {
  authors: string
  licence: string
  source: string
  url?: string
}

export interface El {
  a?: Record<string, string>
  c?: El[]
  n?: string
  t?: string
}

export interface Offered {
  index: number
  text: El[]
}

export interface PracticePage {
  asked?: AskedVariant
  beneath?: SkillStanding
  kind: 'ask' | 'retry' | 'done' | 'stop' | 'empty'
  learner: string
  offers: string[]
  reason: Phrase
  skill: SkillStanding
  solution?: El[]
}

export interface Problem {
  kind: string
  ref?: string
  say: Phrase
  status: number
  title: string
  type: string
}

export interface RecordAttemptIn {
  /** the lesson's or the pile's id */
  context?: string
  draw_n: number
  happened_ms: number
  hints: number
  item: string
  learner: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  purpose: 'practice' | 'lesson' | 'exit'
  response: Response
  took_ms: number
  try: number
  version: number
}

export interface Response {
  boxes?: string[]
  chosen?: number[]
}

export interface SkillStanding {
  dots: string[]
  evidence: string[]
  id: string
  secure_ms?: number
  status: 'not_started' | 'growing' | 'secure' | 'another_look'
  title: string
  why: Phrase
}

/** Where each verb is sent, by its name. */
export const paths = {
  record_attempt: '/api/v1/record-attempt',
} as const

/** What a page gives a verb: its input without the op, which lib/send.ts makes. */
export type Body<I> = Omit<I, 'op'>
