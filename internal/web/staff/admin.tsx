// admin: the school's people and classes, and what an administrator does about them.
import { useMemo, useState } from 'preact/hooks'
import { type Acting, useActing } from '../lib/acting.ts'
import { type AdminPage, type AdminPerson, type CreateClassOut, type Link, paths } from '../lib/api.gen.ts'
import { mount } from '../lib/page.ts'
import { dayOf, when } from '../lib/time.ts'
import { rich, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { EmptyState, ErrorBox, toast } from '../ui/Says.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Shell } from '../ui/Shell.tsx'
import { Table } from '../ui/Table.tsx'

type Role = 'learner' | 'teacher' | 'guardian' | 'admin'

const full = (p: { given: string; family: string }) => `${p.given} ${p.family}`.trim()
const folded = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase()

/** Pick is a labelled choice of one of many. */
function Pick(p: { label: string; none: string; options: { id: string; name: string }[]; value: string; onInput: (id: string) => void }) {
  return (
    <label class="field"><span class="label">{p.label}</span>
      <select class="input" value={p.value} onChange={(e) => p.onInput(e.currentTarget.value)}>
        <option value="">{p.none}</option>
        {p.options.map((o) => <option key={o.id} value={o.id} data-own>{o.name}</option>)}
      </select>
    </label>
  )
}

/** Handed shows a link once, to copy and hand over. */
function Handed({ link }: { link: Link }) {
  const [copied, setCopied] = useState(false)
  const copy = () => void navigator.clipboard?.writeText(link.link).then(() => setCopied(true))
  return (
    <div class="handed">
      <p>{rich('admin.link.for', { name: <bdi>{full(link.person)}</bdi> })}</p>
      <p class="linktext" dir="ltr"><bdi>{link.link}</bdi></p>
      <div class="row near"><Button icon={copied ? 'check' : 'link'} onClick={copy}>{copied ? t('admin.link.copied') : t('admin.link.copy')}</Button></div>
      <p class="small quiet">{t('admin.link.once')}</p>
    </div>
  )
}

function AddPerson({ onClose }: { onClose: () => void }) {
  const [role, setRole] = useState<'teacher' | 'guardian' | 'admin'>('teacher')
  const [given, setGiven] = useState('')
  const [family, setFamily] = useState('')
  const [login, setLogin] = useState('')
  const [link, setLink] = useState<Link | null>(null)
  const acting = useActing()
  const add = async () => { const made = await acting.run<Link>(paths.add_person, { role, given, family, login }); if (made) setLink(made) }
  if (link) return <><Handed link={link} /><div class="row"><Button kind="primary" onClick={onClose}>{t('admin.done')}</Button></div></>
  return (
    <form class="stack" onSubmit={(e) => { e.preventDefault(); void add() }}>
      <Segmented label={t('admin.role')} showLabel value={role} onChange={setRole} options={(['teacher', 'guardian', 'admin'] as const).map((r) => ({ value: r, words: t(`admin.role.${r}`) }))} />
      <div class="pair"><Field label={t('admin.given')} value={given} onInput={setGiven} max={60} /><Field label={t('admin.family')} value={family} onInput={setFamily} max={60} /></div>
      <Field label={t('admin.login')} tip={t('admin.login.tip')} value={login} onInput={setLogin} max={80} />
      {acting.problem && <ErrorBox problem={acting.problem} />}
      <div class="row"><Button type="submit" kind="primary" busy={acting.busy || given.trim() === ''}>{t('admin.add.go')}</Button><Button kind="plain" onClick={onClose}>{t('ui.cancel')}</Button></div>
      <p class="small quiet">{t('admin.add.learners')}</p>
    </form>
  )
}

interface About { view: AdminPage; of: AdminPerson; acting: Acting }

function Places({ view, of, acting }: About) {
  const [into, setInto] = useState('')
  const id = of.person.id
  const names = new Map(view.classes.map((c) => [c.class.id, c.class.name]))
  const free = view.classes.filter((c) => !of.classes.includes(c.class.id)).map((c) => ({ id: c.class.id, name: c.class.name }))
  const role = of.person.role === 'learner' ? 'learner' : 'teacher'
  const put = async () => { if (await acting.run(paths.enroll, { class: into, person: id, role })) setInto('') }
  return (
    <section class="stack near">
      <h3>{role === 'teacher' ? t('admin.teaches') : t('admin.classes')}</h3>
      {of.classes.length === 0 && <p class="quiet">{t('admin.classes.none')}</p>}
      {of.classes.map((c) => <p key={c} class="row apart"><bdi>{names.get(c) ?? ''}</bdi><Button small kind="plain" busy={acting.busy} label={t('admin.leave.of', { class: names.get(c) ?? '' })} onClick={() => void acting.run(paths.unenroll, { class: c, person: id })}>{t('admin.leave')}</Button></p>)}
      {free.length > 0 && <div class="withbutton"><Pick label={t('admin.into')} none={t('admin.choose')} options={free} value={into} onInput={setInto} /><Button busy={acting.busy || into === ''} onClick={() => void put()}>{t('admin.put')}</Button></div>}
    </section>
  )
}

function Guards({ view, of, acting }: About) {
  const [who, setWho] = useState('')
  const id = of.person.id
  const learners = view.people.filter((p) => p.person.role === 'learner')
  const names = new Map(learners.map((p) => [p.person.id, full(p.person)]))
  const free = learners.filter((p) => !of.guards.includes(p.person.id)).map((p) => ({ id: p.person.id, name: full(p.person) }))
  const link = async () => { if (await acting.run(paths.link_guardian, { guardian: id, learner: who })) setWho('') }
  return (
    <section class="stack near">
      <h3>{t('admin.guards')}</h3>
      {of.guards.length === 0 && <p class="quiet">{t('admin.guards.none')}</p>}
      {of.guards.map((g) => <p key={g} class="row apart"><bdi>{names.get(g) ?? ''}</bdi><Button small kind="plain" busy={acting.busy} label={t('admin.unlink.of', { name: names.get(g) ?? '' })} onClick={() => void acting.run(paths.unlink_guardian, { guardian: id, learner: g })}>{t('admin.unlink')}</Button></p>)}
      {free.length > 0 && <div class="withbutton"><Pick label={t('admin.guard')} none={t('admin.choose')} options={free} value={who} onInput={setWho} /><Button busy={acting.busy || who === ''} onClick={() => void link()}>{t('admin.link')}</Button></div>}
    </section>
  )
}

function Person({ view, of, acting }: About) {
  const [link, setLink] = useState<Link | null>(null)
  const { id, role, suspended, given } = of.person
  const body = { person: id }
  const does = (path: string, said: string) => async () => { if (await acting.run(path, body)) toast(said) }
  const reset = async () => { const made = await acting.run<Link>(paths.reset_password, body); if (made) setLink(made) }
  return (
    <>
      <p class="quiet">{t(`admin.role.${role as Role}`)}{of.login && <> · <bdi>{of.login}</bdi></>}{suspended && <> · <b>{t('admin.paused')}</b></>}</p>
      {acting.problem && <ErrorBox problem={acting.problem} />}
      {link && <Handed link={link} />}
      {role === 'guardian' ? <Guards view={view} of={of} acting={acting} /> : <Places view={view} of={of} acting={acting} />}
      <section class="stack near">
        <h3>{t('admin.signin')}</h3>
        {role === 'learner'
          ? <Button wide icon="rewind" busy={acting.busy} onClick={does(paths.reset_pin, t('admin.reset.pin.done', { name: given }))}>{t('admin.reset.pin')}</Button>
          : <Button wide icon="key" busy={acting.busy} onClick={() => void reset()}>{of.has_password ? t('admin.reset.password') : t('admin.reset.link')}</Button>}
        {suspended
          ? <Button wide icon="play" busy={acting.busy} onClick={does(paths.unsuspend_person, t('admin.opened', { name: given }))}>{t('admin.open')}</Button>
          : <Button wide icon="pause" busy={acting.busy} onClick={does(paths.suspend_person, t('admin.paused.done', { name: given }))}>{t('admin.pause')}</Button>}
        <p class="small quiet">{t('admin.pause.tip')}</p>
        <LinkButton kind="plain" icon="look" href={`/record/${id}`}>{t('admin.record')}</LinkButton>
      </section>
    </>
  )
}

function NewClass({ view, onClose }: { view: AdminPage; onClose: () => void }) {
  const [name, setName] = useState('')
  const [teacher, setTeacher] = useState('')
  const acting = useActing()
  const teachers = view.people.filter((p) => p.person.role === 'teacher' || p.person.role === 'admin').map((p) => ({ id: p.person.id, name: full(p.person) }))
  const create = async () => {
    const made = await acting.run<CreateClassOut>(paths.create_class, { name, ...(teacher ? { teacher } : {}) })
    if (!made) return
    // The next act is to paste its names, which stands on the class's own page.
    if (teacher === '') { location.assign(`/class/${made.class.id}/people`); return }
    toast(t('admin.class.made', { class: name }))
    onClose()
  }
  return (
    <form class="stack" onSubmit={(e) => { e.preventDefault(); void create() }}>
      <Field label={t('admin.class.name')} value={name} onInput={setName} max={60} focus />
      <Pick label={t('admin.class.teacher')} none={t('admin.class.me')} options={teachers} value={teacher} onInput={setTeacher} />
      {acting.problem && <ErrorBox problem={acting.problem} />}
      <div class="row"><Button type="submit" kind="primary" busy={acting.busy || name.trim() === ''}>{t('admin.class.go')}</Button><Button kind="plain" onClick={onClose}>{t('ui.cancel')}</Button></div>
    </form>
  )
}

/** zones are all time zones that this browser knows, to choose from; another name can be typed. */
const zones = (Intl as { supportedValuesOf?: (what: string) => string[] }).supportedValuesOf?.('timeZone') ?? []

/** TheSchool changes the school's name and time zone. */
function TheSchool({ view, onClose }: { view: AdminPage; onClose: () => void }) {
  const [name, setName] = useState(view.name)
  const [zone, setZone] = useState(view.zone)
  const acting = useActing()
  const save = async () => { if (await acting.run(paths.set_school, { name, zone: zone.trim() })) { toast(t('admin.school.done')); onClose() } }
  return (
    <form class="stack" onSubmit={(e) => { e.preventDefault(); void save() }}>
      <Field label={t('admin.school.name')} value={name} onInput={setName} max={60} focus />
      <Field label={t('admin.school.zone')} tip={t('admin.school.zone.tip')} value={zone} onInput={setZone} max={60} choices={zones} />
      {view.changed && <p class="small quiet">{rich('admin.school.changed', { name: <bdi>{view.changed.by}</bdi>, when: when(dayOf(view.changed.at_ms)) })}</p>}
      {acting.problem && <ErrorBox problem={acting.problem} />}
      <div class="row"><Button type="submit" kind="primary" busy={acting.busy || name.trim() === '' || zone.trim() === ''}>{t('ui.save')}</Button><Button kind="plain" onClick={onClose}>{t('ui.cancel')}</Button></div>
    </form>
  )
}

function PeopleTable({ view, onChoose }: { view: AdminPage; onChoose: (id: string) => void }) {
  const [role, setRole] = useState<Role>(view.people.some((p) => p.person.role === 'teacher') ? 'teacher' : 'admin')
  const [find, setFind] = useState('')
  const names = useMemo(() => new Map([...view.classes.map((c) => [c.class.id, c.class.name] as const), ...view.people.map((p) => [p.person.id, full(p.person)] as const)]), [view])
  const shown = view.people.filter((p) => (find.trim() ? folded(full(p.person)).includes(folded(find.trim())) : p.person.role === role))
  return (
    <div class="stack">
      <div class="finder">
        <Segmented label={t('admin.role')} value={find.trim() ? null : role} onChange={(r) => { setRole(r); setFind('') }} options={(['teacher', 'learner', 'guardian', 'admin'] as const).map((r) => ({ value: r, words: t(`admin.roles.${r}`, { n: view.people.filter((p) => p.person.role === r).length }) }))} />
        <Field label={t('admin.find')} type="search" value={find} onInput={setFind} max={60} />
      </div>
      {shown.length === 0
        ? <EmptyState icon="people" title={t('admin.nobody')} />
        : (
          <Table
            caption={t('admin.people')} hideCaption dense head={[t('admin.name'), t('admin.signin'), t('admin.belongs')]}
            rows={shown.map((p) => ({
              key: p.person.id,
              cells: [
                <button key="n" type="button" class="person" onClick={() => onChoose(p.person.id)}><bdi>{full(p.person)}</bdi></button>,
                p.person.suspended ? <b key="s">{t('admin.paused')}</b> : p.person.role === 'learner' ? <span key="s">{t('admin.way.pictures')}</span> : p.has_password ? <span key="s"><bdi>{p.login}</bdi></span> : <span key="s" class="quiet">{t('admin.way.none')}</span>,
                <bdi key="b">{[...p.classes, ...p.guards].map((id) => names.get(id) ?? '').filter(Boolean).join(', ')}</bdi>,
              ],
            }))}
          />
        )}
    </div>
  )
}

function Admin({ view }: { view: AdminPage }) {
  const [open, setOpen] = useState<'' | 'person' | 'class' | 'school'>('')
  const [chosen, setChosen] = useState('')
  const acting = useActing()
  const of = view.people.find((p) => p.person.id === chosen)
  return (
    <Shell width="wide">
      <div class="row apart">
        <div>
          <h1>{view.name ? <bdi>{view.name}</bdi> : t('admin.title')}</h1>
          <div class="row near"><p class="quiet">{t('admin.zone')} <bdi>{view.zone}</bdi></p><Button small kind="plain" icon="edit" onClick={() => setOpen('school')}>{t('admin.school')}</Button></div>
        </div>
        <div class="row near">
          <LinkButton kind="plain" icon="down" href="/bring">{t('admin.bring')}</LinkButton>
          <Button kind={view.classes.length === 0 ? 'quiet' : 'primary'} icon="add" onClick={() => setOpen('person')}>{t('admin.add')}</Button>
        </div>
      </div>
      {view.classes.length === 0 && <EmptyState icon="classes" title={t('admin.class.none')}><p>{t('admin.class.first')}</p><Button kind="primary" icon="add" onClick={() => setOpen('class')}>{t('admin.class.new')}</Button></EmptyState>}
      <div class="stack"><h2>{t('admin.people')}</h2><PeopleTable view={view} onChoose={setChosen} /></div>
      {view.classes.length > 0 && (
        <Card title={t('admin.classes')} aside={<Button small icon="add" onClick={() => setOpen('class')}>{t('admin.class.new')}</Button>}>
          <Table
            caption={t('admin.classes')} hideCaption dense num={[2]} head={[t('admin.class'), t('admin.class.with'), t('admin.learners'), t('admin.code')]}
            rows={view.classes.map((c) => ({
              key: c.class.id,
              cells: [<a key="n" class="person" href={`/class/${c.class.id}/people`}><bdi>{c.class.name}</bdi></a>, <bdi key="t">{c.teachers.join(', ')}</bdi>, c.learners, <span key="c" class="code" dir="ltr" data-own>{c.class.code}</span>],
            }))}
          />
        </Card>
      )}
      <p class="small quiet">{t('admin.audit')}</p>
      <Dialog open={open === 'person'} onClose={() => setOpen('')} title={t('admin.add')}><AddPerson onClose={() => setOpen('')} /></Dialog>
      <Dialog open={open === 'school'} onClose={() => setOpen('')} title={t('admin.school')}><TheSchool view={view} onClose={() => setOpen('')} /></Dialog>
      <Dialog open={open === 'class'} onClose={() => setOpen('')} title={t('admin.class.new')}><NewClass view={view} onClose={() => setOpen('')} /></Dialog>
      <Dialog open={!!of} onClose={() => { setChosen(''); acting.clear() }} title={of ? <bdi>{full(of.person)}</bdi> : ''}>{of && <Person key={of.person.id} view={view} of={of} acting={acting} />}</Dialog>
    </Shell>
  )
}

mount(Admin)
