import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useParams } from 'react-router'
import type { FamilyView } from '../../../src/contract/learning.ts'
import { useFamily } from '../api/queries.ts'
import { Anchor } from '../kit/anchor.tsx'
import { Band } from '../kit/band.tsx'
import { sayCategory } from '../kit/categories.ts'
import { useCorrect } from '../kit/correct.tsx'
import { cut } from '../kit/cut.ts'
import { Empty } from '../kit/empty.tsx'
import { Facts } from '../kit/facts.tsx'
import { Lines } from '../kit/lines.tsx'
import { Loaded } from '../kit/loaded.tsx'
import { Page } from '../kit/page.tsx'
import { Reasons } from '../kit/reasons.tsx'
import { Mono, Table, TableFrame } from '../kit/rows.tsx'
import { State } from '../kit/state.tsx'
import { Trend } from '../kit/trend.tsx'
import { When } from '../kit/when.tsx'
import { count, healingPath, outcomes, percent, runPath } from '../kit/words.ts'
import { softInk } from '../theme/theme.ts'
import { states } from './state.ts'

/** One family of failures: is it known, how often, where, and what is it really? */
export function FamilyPage() {
  const id = useParams()['*'] ?? ''
  return <Loaded query={useFamily(id)}>{(family) => <Family family={family} />}</Loaded>
}

function Family({ family }: { family: FamilyView }) {
  const { sample, sightings, labels } = family
  const correct = useCorrect()
  return (
    <Page
      title="Failure"
      heading={cut(family.sentence || sayCategory(family.category), 200)}
      aside={
        <Button onClick={() => correct({ family: family.id, category: family.category })}>Correct this label</Button>
      }
    >
      <Band name="Family" note={<State told={states[family.state]} />}>
        <Facts of={factsOf(family)} />
      </Band>
      <Band name="Sample" note="The newest failure of the family.">
        {sample ? <Sample sample={sample} /> : <Empty>Its diagnosis is no longer kept.</Empty>}
      </Band>
      <Band name="Labels" count={labels.length} note="What people called it; the newest holds.">
        {labels.length === 0 ? <Empty>Nobody has labelled it yet.</Empty> : <Labels of={labels} />}
      </Band>
      <Band
        name="Seen"
        count={family.count}
        note={sightings.length < family.count ? `The newest ${sightings.length} are shown.` : undefined}
      >
        <Sightings of={sightings} />
      </Band>
    </Page>
  )
}

function factsOf(family: FamilyView): Parameters<typeof Facts>[0]['of'] {
  const { label, sample, reruns, repositories, branches } = family
  return [
    [
      'Cause',
      <>
        <Mono>{family.category}</Mono> {sayCategory(family.category)}
        {label
          ? `, labelled by ${cut(label.by, 60)}`
          : sample && !sample.abstained && `, ${percent(sample.confidence)} sure`}
      </>,
    ],
    [
      'Seen',
      <>
        {count(family.count, 'time')}, first <When at={family.firstSeen} />, last <When at={family.lastSeen} />
      </>,
    ],
    ['Trend', <Trend key="trend" of={family.trend} />],
    ['Repositories', names(repositories)],
    ['Branches', names(branches) || 'none known'],
    ['Plain reruns', sayReruns(reruns)],
    ['In common', family.template === '' ? 'not known' : <Mono key="template">{cut(family.template, 300)}</Mono>],
    ['Fingerprint', <Mono key="print">{family.families.slice(0, 5).join(' ')}</Mono>],
  ]
}

function names(of: readonly string[]): string {
  const shown = of.slice(0, 12).map((name) => cut(name, 80))
  return `${shown.join(', ')}${of.length > 12 ? ` and ${of.length - 12} more` : ''}`
}

function sayReruns({ green, red }: FamilyView['reruns']): string {
  if (green + red === 0) return 'none tried yet'
  return `${green} of ${green + red} turned green`
}

function Sample({ sample }: { sample: NonNullable<FamilyView['sample']> }) {
  const [best] = sample.excerpts
  const to = `${runPath(sample.run)}${sample.job === null ? '' : `?${new URLSearchParams({ job: sample.job })}`}`
  return (
    <>
      {best ? <Lines excerpt={best} at={to} /> : <Empty>The log told no lines.</Empty>}
      <Why open>
        <summary>Why Mendline thinks so</summary>
        <Reasons diagnosis={{ evidence: sample.evidence, categories: [] }} />
      </Why>
      <Anchor to={to}>Open the run and its log</Anchor>
    </>
  )
}

function Labels({ of }: { of: FamilyView['labels'] }) {
  return (
    <List>
      {of.map((label) => (
        <li key={label.id}>
          <strong>{sayCategory(label.category)}</strong> <Mono>{label.category}</Mono>{' '}
          <span style={{ color: softInk }}>
            by {cut(label.by, 60)} <When at={label.at} />
            {label.was === label.category ? ', as Mendline had said' : `; Mendline had said ${label.was}`}
          </span>
          {label.note && <div>{cut(label.note, 500)}</div>}
        </li>
      ))}
    </List>
  )
}

function Sightings({ of }: { of: FamilyView['sightings'] }) {
  return (
    <TableFrame>
      <Table>
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col">What broke</th>
            <th scope="col">Where</th>
            <th scope="col" className="number">
              When
            </th>
          </tr>
        </thead>
        <tbody>
          {of.map((seen) => (
            <tr key={seen.healing}>
              <td className="tight">
                <State told={seen.outcome === null ? underWay : outcomes[seen.outcome]} />
              </td>
              <td style={{ minWidth: 240 }}>
                <Anchor row quiet to={healingPath(seen.healing)}>
                  {cut(seen.sentence, 200)}
                </Anchor>
              </td>
              <td style={{ minWidth: 140 }}>
                <Anchor to={runPath(seen.run)}>{cut(seen.pipeline, 40)}</Anchor>
                <div style={{ color: softInk }}>
                  {cut(seen.repository, 60)}
                  {seen.branch && `, ${cut(seen.branch, 40)}`}
                </div>
              </td>
              <td className="number">
                <When at={seen.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

const underWay = { meaning: 'mending', word: 'Under way' } as const

const Why = styled('details')({
  margin: '8px 0 12px',
  fontSize: '0.8125rem',
  '& summary': { cursor: 'pointer', minHeight: 24, fontWeight: 600 },
})
const List = styled('ul')({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  fontSize: '0.8125rem',
  '& li': { padding: '4px 0' },
})
