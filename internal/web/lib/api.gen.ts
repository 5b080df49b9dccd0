// Written by internal/web/apigen from the operations' Go types. Do not edit: run make types.

import type { Phrase } from './words.ts'

export type { Phrase }

export interface ActivityDone {
  at_ms: number
  note: string
}

export interface ActivityPage {
  bring: string
  done: ActivityDone[]
  goal: string
  i_can: string
  learner: string
  materials: string[]
  minutes: number
  objective: string
  steps: El[]
  talk: El[]
  title: string
  unit: UnitGiven
  with: '' | 'alone' | 'pair' | 'group'
}

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

export interface AnswerCheckIn {
  class_unit: string
  draw_n: number
  happened_ms: number
  item: string
  learner: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  response: Response
  sitting: string
  took_ms: number
  unlearned?: boolean
  version: number
}

export interface AskForPlanIn {
  class_unit: string
  learner: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  skill?: string
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

export interface BringQuestionIn {
  class_unit: string
  learner: string
  lesson?: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  text: string
}

export interface CheckAsked {
  attribution?: Attribution
  boxes: AskedBox[]
  context: string
  draw_n: number
  hints: number
  item: string
  kind: string
  options: Offered[]
  text: El[]
  unit: string
  version: number
}

export interface CheckIn {
  class_unit: string
  learner: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
}

export interface CheckOut {
  answered: number
  asked?: CheckAsked
  learner: string
  may_go_on: boolean
  most: number
  sitting: string
  state: 'ready' | 'paused' | 'asking' | 'over' | 'empty'
  unit: UnitGiven
  unread: boolean
  where?: number
}

export interface CheckPage {
  answered: number
  asked?: CheckAsked
  learner: string
  may_go_on: boolean
  most: number
  sitting: string
  state: 'ready' | 'paused' | 'asking' | 'over' | 'empty'
  unit: UnitGiven
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

export interface DoActivityIn {
  class_unit: string
  learner: string
  note: string
  objective: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
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

export interface HomePage {
  away: boolean
  first: boolean
  going: WhereAmIGoing
  how: HowDoIGetThere
  learner: string
  met?: Met
  name: string
  now?: WhereNow
  unit?: UnitGiven
  used_question?: UsedQuestion
  where: WhereAmI
}

export interface HowDoIGetThere {
  decided: boolean
  invitation?: Invitation
  next?: StepLine
  state: 'none' | 'unsent' | 'waiting' | 'decided' | 'off'
  today: StepLine[]
}

export interface Invitation {
  at: string
  lesson: string
  on: string
  status: 'todo' | 'doing' | 'done'
  title: string
}

export interface Kept {
  at_ms: number
}

export interface KnownPage {
  checked: boolean
  known: KnownSkill[]
  learner: string
  may_go_on: boolean
  minutes: number
  start?: StepLine
  state: 'none' | 'unsent' | 'waiting' | 'decided' | 'off'
  unit: UnitGiven
  unlearned: number
}

export interface KnownSkill {
  because?: EvidenceLine[]
  dots: string[]
  evidence: string[]
  id: string
  objective: string
  proposed: boolean
  reason: Phrase
  secure_ms?: number
  status: 'not_started' | 'growing' | 'secure' | 'another_look'
  title: string
  why: Phrase
}

export interface LastDecision {
  at_ms: number
  by: string
  reason: string
  verdict: 'accept' | 'edit' | 'reject' | 'hand'
}

export interface LearnerWays {
  card_ms: number
  guardians: string[]
  person: Person
  pin_ms: number
}

export interface LessonAsk {
  after_block: number
  asked?: AskedVariant
  at_ms: number
  outcome: '' | 'right' | 'not_yet'
  solution?: El[]
}

export interface LessonLink {
  id: string
  title: string
}

export interface LessonPage {
  attribution?: Attribution
  blocks: El[]
  by: string
  checks: LessonAsk[]
  i_can: string
  id: string
  learner: string
  link: string
  minutes: number
  questions: MyQuestion[]
  skills: SkillStanding[]
  status: 'todo' | 'doing' | 'done'
  title: string
  unit?: UnitGiven
  version: number
  video?: LessonVideo
}

export interface LessonVideo {
  captions: string
  ms: number
  poster: string
  resume_ms: number
  src: string
  type: string
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

export interface Met {
  at_ms: number
  by: string
  skill: string
}

export interface MyClass {
  name: string
  teachers: string[]
}

export interface MyQuestion {
  at_ms: number
  text: string
  used: boolean
}

export interface Named {
  id: string
  name: string
}

export interface NextGoal {
  i_can: string
  id: string
  task: string
  title: string
}

export interface NoteViewingIn {
  from_ms: number
  happened_ms: number
  learner: string
  lesson: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  rate: number
  to_ms: number
  version: number
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

export interface ObjectiveStanding {
  i_can: string
  id: string
  says: '' | 'yes' | 'bit' | 'not_yet'
  skills: SkillStanding[]
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

export interface PickRoleIn {
  class_unit: string
  learner: string
  /** empty: the unit's task */
  objective?: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  role: string
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

export interface PlanPage {
  can_add: SkillChoice[]
  dial: 'required' | 'pick' | 'propose'
  first?: StepLine
  last?: LastDecision
  learner: string
  open: StepLine[]
  proposal?: ProposalShown
  state: 'none' | 'unsent' | 'waiting' | 'decided' | 'off'
  steps: StepLine[]
  unit?: UnitGiven
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

export interface ProposalShown {
  added: StepLine[]
  cause: 'check_ended' | 'ran_out' | 'credit_doubted' | 'asked'
  contested: string[]
  credited: StepLine[]
  dropped: StepLine[]
  id: string
  lines: StepLine[]
  made_ms: number
  minutes_back: number
  sent_ms: number
  wished: string[]
  word: string
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

export interface RateSelfIn {
  class_unit: string
  learner: string
  objective: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  says: 'yes' | 'bit' | 'not_yet'
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

export interface Role {
  code: string
  does: string
  title: string
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

export interface SaveResumeIn {
  learner: string
  lesson: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  position_ms: number
}

export interface Seen {
  at_ms: number
  did: boolean
  name: string
  role: string
  what: string
}

export interface SelfPage {
  learner: string
  next?: StepLine
  objectives: ObjectiveStanding[]
  unit: UnitGiven
}

export interface SendPlanIn {
  class_unit: string
  contested: string[]
  edits: WishEdit[]
  learner: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  proposal: string
  /** read by the teachers of the class */
  word: string
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

export interface SkillChoice {
  id: string
  title: string
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

export interface SkillsPage {
  learner: string
  objectives: ObjectiveStanding[]
  unit?: UnitGiven
}

export interface StartDayIn {
  class: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
}

export interface StatusChange {
  at_ms: number
  from: 'not_started' | 'growing' | 'secure' | 'another_look'
  skill: string
  title: string
  to: 'not_started' | 'growing' | 'secure' | 'another_look'
}

export interface StepLine {
  because?: EvidenceLine[]
  change?: 'kept' | 'added' | 'moved' | 'dropped' | 'credited'
  key: string
  kind: 'lesson' | 'practice' | 'activity' | 'task' | 'talk' | 'meeting' | 'revisit' | 'unit_task' | 'self' | 'check' | 'send'
  lesson?: string
  minutes: number
  must: boolean
  objective?: string
  pinned: boolean
  reason: Phrase
  skill?: string
  status: 'todo' | 'doing' | 'done'
  title: string
  where: 'screen' | 'off_screen' | 'person'
}

export interface TaskDrawn {
  audience: El[]
  goal: El[]
  picked: string
  product: El[]
  role: El[]
  roles: Role[]
  situation: El[]
  standards: string[]
  title: string
}

export interface TaskPage {
  learner: string
  next?: StepLine
  parts: TaskPart[]
  task: TaskDrawn
  unit: UnitGiven
}

export interface TaskPart {
  i_can: string
  id: string
  task: TaskDrawn
  title: string
}

export interface UnenrollIn {
  class: string
  /** made by the client, once for each act (UUIDv7) */
  op: string
  person: string
}

export interface UnitGiven {
  class: string
  id: string
  name: string
  teacher: string
  title: string
}

export interface UsedQuestion {
  at_ms: number
  by: string
  text: string
}

export interface WhereAmI {
  another_look: number
  changed?: StatusChange
  growing: number
  not_started: number
  objectives: ObjectiveStanding[]
  secure: number
}

export interface WhereAmIGoing {
  next?: NextGoal
  role?: Role
  task: string
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

export interface WishEdit {
  act: 'move' | 'drop' | 'add'
  /** of the line; move and drop */
  key?: string
  /** add */
  skill?: string
  /** place after the change, from 0; move and add */
  to: number
}

/** Where each verb is sent, by its name. */
export const paths = {
  add_learners: '/api/v1/add-learners',
  add_person: '/api/v1/add-person',
  answer_check: '/api/v1/answer-check',
  ask_for_plan: '/api/v1/ask-for-plan',
  bring_question: '/api/v1/bring-question',
  claim_help: '/api/v1/claim-help',
  create_class: '/api/v1/create-class',
  do_activity: '/api/v1/do-activity',
  end_class: '/api/v1/end-class',
  end_day: '/api/v1/end-day',
  enroll: '/api/v1/enroll',
  link_guardian: '/api/v1/link-guardian',
  note_viewing: '/api/v1/note-viewing',
  open_exit: '/api/v1/open-exit',
  pick_role: '/api/v1/pick-role',
  raise_hand: '/api/v1/raise-hand',
  rate_self: '/api/v1/rate-self',
  record_attempt: '/api/v1/record-attempt',
  rename_class: '/api/v1/rename-class',
  reset_password: '/api/v1/reset-password',
  reset_pin: '/api/v1/reset-pin',
  resolve_help: '/api/v1/resolve-help',
  rotate_class_code: '/api/v1/rotate-class-code',
  sat_together: '/api/v1/sat-together',
  save_resume: '/api/v1/save-resume',
  send_plan: '/api/v1/send-plan',
  set_presence: '/api/v1/set-presence',
  set_settings: '/api/v1/set-settings',
  start_check: '/api/v1/start-check',
  start_day: '/api/v1/start-day',
  stop_check: '/api/v1/stop-check',
  suspend_person: '/api/v1/suspend-person',
  unenroll: '/api/v1/unenroll',
  unlink_guardian: '/api/v1/unlink-guardian',
  unsuspend_person: '/api/v1/unsuspend-person',
} as const

/** What a page gives a verb: its input without the op, which lib/send.ts makes. */
export type Body<I> = Omit<I, 'op'>
