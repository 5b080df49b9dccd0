// Written by internal/web/apigen from the operations' Go types. Do not edit: run make types.

import type { Phrase } from './words.ts'

export type { Phrase }

export interface AddLearnersIn {
  anyway?: boolean
  class: string
  names: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
}

export interface AddLearnersOut {
  added: Person[]
  twice: string[]
}

export interface AddPersonIn {
  family: string
  given: string
  /** BCP 47; empty: the school's */
  locale?: string
  login?: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  role: 'teacher' | 'guardian' | 'admin'
}

export interface AdminPage {
  classes: ClassLine[]
  name: string
  people: AdminPerson[]
  zone: string
}

export interface AdminPerson {
  classes: string[]
  guards: string[]
  has_password: boolean
  login?: string
  person: Person
}

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

export interface Class {
  code: string
  ended?: boolean
  id: string
  name: string
}

export interface ClassHead {
  id: string
  name: string
}

export interface ClassLine {
  class: Class
  learners: number
  mine: boolean
  teachers: string[]
}

export interface ClassPeople {
  class: Class
  learners: LearnerWays[]
  teachers: Person[]
}

export interface ClassesPage {
  all: boolean
  classes: ClassLine[]
  name: string
}

export interface CreateClassIn {
  name: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  teacher?: string
}

export interface CreateClassOut {
  class: Class
}

export type Done = Record<string, unknown>

export interface DoneOut {
  done: boolean
}

export interface El {
  a?: Record<string, string>
  c?: El[]
  n?: string
  t?: string
}

export interface EndClassIn {
  class: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
}

export interface EnrollIn {
  class: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  person: string
  role: 'learner' | 'teacher'
}

export interface EvidenceLine {
  at_ms: number
  id: string
  say: Phrase
}

export interface ExitPage {
  asked: AskedVariant[]
  done: number
  learner: string
  of: number
  pile: string
  skill: string
  teacher: string
}

export interface GuardianshipIn {
  guardian: string
  learner: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
}

export interface HandUp {
  hand?: string
  state: '' | 'waiting' | 'coming'
}

export interface HelpIn {
  hand: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
}

export interface LearnerWays {
  card_ms: number
  guardians: string[]
  person: Person
  pin_ms: number
}

export interface LessonLink {
  id: string
  title: string
}

export interface Link {
  link: string
  person: Person
}

export interface MePage {
  card_ms: number
  classes: MyClass[]
  guards: Named[]
  locale: string
  person: Person
  pin_ms: number
  seen: Seen[]
  settings: Settings
}

export interface MyClass {
  name: string
  teachers: string[]
}

export interface Named {
  id: string
  name: string
}

export interface NowCell {
  shade: number
  status: 'not_started' | 'growing' | 'secure' | 'another_look'
}

export interface NowCompany {
  learner: string
  name: string
  reason: Phrase
  title: string
}

export interface NowHand {
  by?: string
  coming: boolean
  id: string
  learner: string
  line: string
  mine: boolean
  name: string
  page: string
  raised_ms: number
  title?: string
}

export interface NowLearner {
  cells: NowCell[]
  id: string
  name: string
  page: string
  pile: string
  seen_ms: number
  skill?: string
  title?: string
}

export interface NowMember {
  exit: string[]
  id: string
  name: string
  sat: boolean
}

export interface NowPage {
  class: ClassHead
  company: NowCompany[]
  ended_ms?: number
  hands: NowHand[]
  here_ms: number
  learners: NowLearner[]
  lesson: string
  piles: NowPile[]
  planned: boolean
  skills: NowSkill[]
  started_ms?: number
  state: 'before' | 'running' | 'over'
  unit: string
}

export interface NowPile {
  exit_ms?: number
  id: string
  items: number
  kind: 'sit' | 'watch' | 'carry' | 'deeper'
  members: NowMember[]
  reason: Phrase
  title: string
  where: Phrase
}

export interface NowSkill {
  id: string
  lesson: boolean
  title: string
}

export interface Offered {
  index: number
  text: El[]
}

export interface Person {
  family: string
  given: string
  id: string
  locale: string
  role: string
  suspended?: boolean
}

export interface PersonIn {
  /** made by the client, once for each act (UUIDv7) */
  op: string
  person: string
}

export interface PileIn {
  /** made by the client, once for each act (UUIDv7) */
  op: string
  pile: string
}

export interface PlanDayOut {
  day: string
  kept: boolean
}

export interface PracticePage {
  asked?: AskedVariant
  beneath?: SkillStanding
  kind: 'ask' | 'retry' | 'done' | 'stop' | 'empty'
  learner: string
  lesson?: LessonLink
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

export interface RaiseHandIn {
  /** take it down again */
  down?: boolean
  /** at most 140 letters */
  line?: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  /** where the learner is, e.g. practice */
  page?: string
  /** what they are at */
  skill?: string
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

export interface RenameClassIn {
  class: string
  name: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
}

export interface ResetPasswordIn {
  /** made by the client, once for each act (UUIDv7) */
  op: string
  person: string
}

export interface Response {
  boxes?: string[]
  chosen?: number[]
}

export interface RoomPage {
  class: ClassHead
  places: RoomPlace[]
  state: 'before' | 'running' | 'over'
}

export interface RoomPlace {
  names: string[]
  where: Phrase
}

export interface RotateClassCodeIn {
  class: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
}

export interface RotateClassCodeOut {
  code: string
}

export interface SatTogetherIn {
  /** absent: the whole pile */
  learner?: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  pile: string
  undo?: boolean
}

export interface SatTogetherOut {
  recorded: number
}

export interface Seen {
  at_ms: number
  did: boolean
  name: string
  role: string
  what: string
}

export interface SetPresenceIn {
  /** made by the client, once for each act (UUIDv7) */
  op: string
  page: string
  skill?: string
}

export interface SetPresenceOut {
  running: boolean
}

export interface SetSettingsIn {
  /** BCP 47 */
  locale?: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  text?: '' | 'young'
  theme?: '' | 'light' | 'dark'
}

export interface Settings {
  text?: string
  theme?: string
}

export interface SkillStanding {
  because?: EvidenceLine[]
  dots: string[]
  evidence: string[]
  id: string
  secure_ms?: number
  status: 'not_started' | 'growing' | 'secure' | 'another_look'
  title: string
  why: Phrase
}

export interface StartDayIn {
  class: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
}

export interface UnenrollIn {
  class: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  person: string
}

export interface WhereNow {
  class: string
  day: string
  exit: boolean
  kind: 'sit' | 'watch' | 'carry' | 'deeper'
  pile: string
  place: Phrase
  sat: boolean
  teacher: string
  title: string
  with: Named[]
}

/** Where each verb is sent, by its name. */
export const paths = {
  add_learners: '/api/v1/add-learners',
  add_person: '/api/v1/add-person',
  claim_help: '/api/v1/claim-help',
  create_class: '/api/v1/create-class',
  end_class: '/api/v1/end-class',
  end_day: '/api/v1/end-day',
  enroll: '/api/v1/enroll',
  link_guardian: '/api/v1/link-guardian',
  open_exit: '/api/v1/open-exit',
  raise_hand: '/api/v1/raise-hand',
  record_attempt: '/api/v1/record-attempt',
  rename_class: '/api/v1/rename-class',
  reset_password: '/api/v1/reset-password',
  reset_pin: '/api/v1/reset-pin',
  resolve_help: '/api/v1/resolve-help',
  rotate_class_code: '/api/v1/rotate-class-code',
  sat_together: '/api/v1/sat-together',
  set_presence: '/api/v1/set-presence',
  set_settings: '/api/v1/set-settings',
  start_day: '/api/v1/start-day',
  suspend_person: '/api/v1/suspend-person',
  unenroll: '/api/v1/unenroll',
  unlink_guardian: '/api/v1/unlink-guardian',
  unsuspend_person: '/api/v1/unsuspend-person',
} as const

/** What a page gives a verb: its input without the op, which lib/send.ts makes. */
export type Body<I> = Omit<I, 'op'>
