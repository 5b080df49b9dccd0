// people: who is in a class, how its learners sign in, and what a teacher does about it.
import { useState } from 'preact/hooks'
import { type Acting, useActing } from '../lib/acting.ts'
import { type AddLearnersOut, type ClassPeople, type LearnerWays, paths } from '../lib/api.gen.ts'
import { live } from '../lib/live.ts'
import { mount, page, refresh } from '../lib/page.ts'
import { dayOf, when } from '../lib/time.ts'
import { rich, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ErrorBox, toast } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { Table } from '../ui/Table.tsx'

const full = (p: { given: string; family: string }) => `${p.given} ${p.family}`.trim()

function AddNames({ view, focus }: { view: ClassPeople; focus?: boolean }) {
  const [names, setNames] = useState('')
  const [twice, setTwice] = useState<string[]>([])
  const acting = useActing()
  const count = names.split('\n').filter((line) => line.trim()).length
  const add = async (anyway: boolean) => {
    const done = await acting.run<AddLearnersOut>(paths.add_learners, { class: view.class.id, names, anyway })
    if (!done) return
    setTwice(done.twice)
    if (done.twice.length === 0) {
      setNames('')
      toast(t('people.added', { n: done.added.length }), { words: t('people.cards'), run: () => location.assign(`/print/cards/${view.class.id}`) })
      // The first names turn the form into a list: what comes next, the cards, stands at its top.
      if (view.learners.length === 0) scrollTo(0, 0)
    }
  }
  return (
    <div class="stack">
      <Field label={t('people.names')} tip={t('people.names.tip')} value={names} onInput={(text) => { setNames(text); setTwice([]) }} lines={6} max={20_000} focus={focus} />
      {acting.problem && <ErrorBox problem={acting.problem} />}
      {twice.length > 0 && (
        <ErrorBox title={t('people.twice', { n: twice.length })} now={<bdi>{twice.join(', ')}</bdi>}>
          <div class="row near"><Button onClick={() => void add(true)}>{t('people.twice.anyway')}</Button></div>
        </ErrorBox>
      )}
      <div class="row"><Button kind="primary" busy={acting.busy || count === 0} onClick={() => void add(false)}>{count === 0 ? t('people.add') : t('people.add.n', { n: count })}</Button></div>
    </div>
  )
}

/** Lack is what is not there yet, in a table: a dash, and in words for whoever listens. */
const Lack = ({ of }: { of: string }) => <span class="quiet"><span aria-hidden="true">–</span><span class="hear">{t(of)}</span></span>

function Pictures({ of }: { of: LearnerWays }) {
  if (of.person.suspended) return <span class="row near"><Icon name="pause" />{t('people.paused')}</span>
  return of.pin_ms > 0
    ? <span class="row near ways-on"><Icon name="check" />{t('people.pictures.set')}</span>
    : <span class="row near quiet"><Icon name="notyet" />{t('people.pictures.none')}</span>
}

const card = (of: LearnerWays) => (of.card_ms > 0 ? t('people.card.made', { day: when(dayOf(of.card_ms)) }) : t('people.card.none'))

function Person({ view, of, acting, onClose }: { view: ClassPeople; of: LearnerWays; acting: Acting; onClose: () => void }) {
  const [leaving, setLeaving] = useState(false)
  const name = full(of.person)
  const does = (path: string, body: object, said: string) => async () => {
    if (await acting.run(path, body)) { toast(said); onClose() }
  }
  return (
    <>
      <dl class="facts column">
        <div><dt>{t('people.pictures')}</dt><dd><Pictures of={of} /></dd></div>
        <div><dt>{t('people.card')}</dt><dd>{card(of)}</dd></div>
        <div><dt>{t('people.guardians')}</dt><dd>{of.guardians.length > 0 ? <bdi>{of.guardians.join(', ')}</bdi> : t('people.guardians.none')}</dd></div>
      </dl>
      {acting.problem && <ErrorBox problem={acting.problem} />}
      <div class="stack near">
        {page.value.me?.role === 'teacher' && <LinkButton wide icon="plan" href={`/learner/${of.person.id}`}>{t('people.learner')}</LinkButton>}
        {of.pin_ms > 0 && <Button wide icon="rewind" busy={acting.busy} onClick={does(paths.reset_pin, { person: of.person.id }, t('people.reset.done', { name: of.person.given }))}>{t('people.reset')}</Button>}
        <LinkButton wide icon="qr" href={`/print/cards/${view.class.id}?learner=${of.person.id}`}>{t('people.card.one')}</LinkButton>
        {leaving
          ? (
            <div class="errorbox"><Icon name="info" /><div class="body"><p>{rich('people.leave.sure', { name: <bdi>{name}</bdi>, class: <bdi>{view.class.name}</bdi> })}</p>
              <div class="row near"><Button busy={acting.busy} onClick={does(paths.unenroll, { class: view.class.id, person: of.person.id }, t('people.left', { name: of.person.given }))}>{t('people.leave')}</Button><Button kind="plain" onClick={() => setLeaving(false)}>{t('ui.cancel')}</Button></div></div></div>
          )
          : <Button wide kind="plain" onClick={() => setLeaving(true)}>{t('people.leave')}</Button>}
      </div>
      {of.pin_ms > 0 && <p class="small quiet">{t('people.reset.tip')}</p>}
    </>
  )
}

function Code({ view }: { view: ClassPeople }) {
  const [sure, setSure] = useState(false)
  const acting = useActing()
  const rotate = async () => {
    if (await acting.run(paths.rotate_class_code, { class: view.class.id })) { setSure(false); toast(t('people.code.done')) }
  }
  return (
    <Card class="entry" title={t('people.code')}>
      <p class="code classcode" dir="ltr" data-own>{view.class.code}</p>
      <p class="small quiet">{rich('people.code.tip', { where: <bdi dir="ltr">{`${location.host}/signin`}</bdi> })}</p>
      {acting.problem && <ErrorBox problem={acting.problem} />}
      <div class="row near"><LinkButton href={`/print/cards/${view.class.id}`} icon="print">{t('people.cards')}</LinkButton><Button kind="plain" onClick={() => setSure(true)}>{t('people.code.new')}</Button></div>
      <Dialog open={sure} onClose={() => setSure(false)} title={t('people.code.new')} footer={<><Button onClick={() => setSure(false)}>{t('ui.cancel')}</Button><Button kind="primary" busy={acting.busy} onClick={() => void rotate()}>{t('people.code.go')}</Button></>}>
        <p>{t('people.code.sure')}</p>
      </Dialog>
    </Card>
  )
}

function Rename({ view }: { view: ClassPeople }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState(view.class.name)
  const acting = useActing()
  const close = () => { setOpen(false); acting.clear() }
  const rename = async () => { if (await acting.run(paths.rename_class, { class: view.class.id, name })) close() }
  return (
    <>
      <Button kind="plain" icon="edit" onClick={() => setOpen(true)}>{t('people.rename')}</Button>
      <Dialog open={open} onClose={close} title={t('people.rename')} footer={<><Button onClick={close}>{t('ui.cancel')}</Button><Button kind="primary" busy={acting.busy} onClick={() => void rename()}>{t('ui.save')}</Button></>}>
        <Field label={t('people.name')} value={name} onInput={setName} max={60} focus />
        {acting.problem && <ErrorBox problem={acting.problem} />}
      </Dialog>
    </>
  )
}

/** End closes the class for good. It stands last on the page, away from what is used every day. */
function End({ view }: { view: ClassPeople }) {
  const [open, setOpen] = useState(false)
  const acting = useActing()
  const close = () => { setOpen(false); acting.clear() }
  const end = async () => { if (await acting.run(paths.end_class, { class: view.class.id })) location.assign('/classes') }
  return (
    <div>
      <Button small kind="plain" onClick={() => setOpen(true)}>{t('people.end')}</Button>
      <Dialog open={open} onClose={close} title={t('people.end.title', { class: view.class.name })} footer={<><Button onClick={close}>{t('ui.cancel')}</Button><Button kind="primary" busy={acting.busy} onClick={() => void end()}>{t('people.end')}</Button></>}>
        <p>{t('people.end.sure')}</p>
        {acting.problem && <ErrorBox problem={acting.problem} />}
      </Dialog>
    </div>
  )
}

function People({ view }: { view: ClassPeople }) {
  const [chosen, setChosen] = useState('')
  const acting = useActing()
  const of = view.learners.find((l) => l.person.id === chosen)
  const close = () => { setChosen(''); acting.clear() }
  const none = view.learners.length === 0
  return (
    <Shell width="wide">
      <div class="row apart">
        <div><h1><bdi>{view.class.name}</bdi></h1><p class="quiet">{t('people.count', { n: view.learners.length })}{view.teachers.length > 0 && <> {rich('people.with', { names: <bdi>{view.teachers.map(full).join(', ')}</bdi> })}</>}</p></div>
        <Rename view={view} />
      </div>
      <div class={none ? 'peoplepage fresh' : 'peoplepage'}>
        <div class="list">
          {!none && (
              <Table
                caption={t('people.learners')} hideCaption dense
                head={[t('people.who'), t('people.pictures'), t('people.card'), t('people.guardians')]}
                rows={view.learners.map((l) => ({
                  key: l.person.id,
                  cells: [
                    <button key="n" type="button" class="person" onClick={() => setChosen(l.person.id)}><bdi>{full(l.person)}</bdi></button>,
                    l.pin_ms > 0 || l.person.suspended ? <Pictures key="p" of={l} /> : <Lack key="p" of="people.pictures.none" />,
                    l.card_ms > 0 ? <span key="c">{card(l)}</span> : <Lack key="c" of="people.card.none" />,
                    l.guardians.length > 0 ? <bdi key="g">{l.guardians.join(', ')}</bdi> : <Lack key="g" of="people.guardians.none" />,
                  ],
                }))}
              />
          )}
        </div>
        <Code view={view} />
        <Card class="add" title={t('people.add')}>{none && <p>{t('people.none.now')}</p>}<AddNames view={view} /></Card>
      </div>
      <End view={view} />
      <Dialog open={!!of} onClose={close} title={of ? <bdi>{full(of.person)}</bdi> : ''}>{of && <Person view={view} of={of} acting={acting} onClose={close} />}</Dialog>
    </Shell>
  )
}

mount(People)
live((change) => { if (change) refresh() })
