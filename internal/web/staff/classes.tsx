// classes: a teacher's classes; an administrator's school.
import { useState } from 'preact/hooks'
import { useActing } from '../lib/acting.ts'
import { type ClassesPage, type ClassLine, type CreateClassOut, paths } from '../lib/api.gen.ts'
import { mount } from '../lib/page.ts'
import { rich, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { EmptyState, ErrorBox } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'

function ClassCard({ line }: { line: ClassLine }) {
  const { id, name, code } = line.class
  return (
    <Card class="classcard" title={<bdi>{name}</bdi>} aside={line.mine ? undefined : <span class="small quiet">{rich('classes.with', { names: <bdi>{line.teachers.join(', ') || t('classes.nobody')}</bdi> })}</span>}>
      <dl class="facts">
        <div><dt>{t('classes.learners')}</dt><dd class="tabular">{line.learners}</dd></div>
        <div><dt>{t('classes.code')}</dt><dd class="code" dir="ltr" data-own>{code}</dd></div>
      </dl>
      <div class="row near">
        {line.mine && <LinkButton href={`/class/${id}/today`} icon="today" label={t('classes.today.of', { class: name })}>{t('nav.today')}</LinkButton>}
        <LinkButton href={`/class/${id}/people`} icon="people" kind={line.mine ? 'plain' : 'quiet'} label={t('classes.people.of', { class: name })}>{t('nav.people')}</LinkButton>
      </div>
    </Card>
  )
}

function Classes({ view }: { view: ClassesPage }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const acting = useActing()
  const create = async () => {
    const done = await acting.run<CreateClassOut>(paths.create_class, { name })
    if (done) location.assign(`/class/${done.class.id}/people`)
  }
  const close = () => { setOpen(false); acting.clear() }
  const none = view.classes.length === 0
  return (
    <Shell>
      <div class="row apart">
        <div><h1>{view.all ? t('classes.all') : t('classes.title')}</h1>{view.name && <p class="quiet"><bdi>{view.name}</bdi></p>}</div>
        {!none && <Button kind="primary" icon="add" onClick={() => setOpen(true)}>{t('classes.create')}</Button>}
      </div>
      {none
        ? <EmptyState icon="classes" title={t('classes.none')}><p>{t('classes.none.now')}</p><Button kind="primary" icon="add" onClick={() => setOpen(true)}>{t('classes.create')}</Button></EmptyState>
        : <div class="board classboard">{view.classes.map((line) => <ClassCard key={line.class.id} line={line} />)}</div>}
      <Dialog open={open} onClose={close} title={t('classes.create')} footer={<><Button onClick={close}>{t('ui.cancel')}</Button><Button kind="primary" busy={acting.busy || name.trim() === ''} onClick={() => void create()}>{t('classes.create.go')}</Button></>}>
        <form onSubmit={(e) => { e.preventDefault(); if (name.trim()) void create() }}>
          <Field label={t('classes.name')} tip={t('classes.name.tip')} value={name} onInput={setName} max={60} focus />
        </form>
        {acting.problem && <ErrorBox problem={acting.problem} />}
        <p class="small quiet">{t('classes.create.tip')}</p>
      </Dialog>
    </Shell>
  )
}

mount(Classes)
