import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import Typography from '@mui/material/Typography'
import { useState } from 'react'
import type { ModelKind, ModelList, ModelView } from '../../../src/contract/learning.ts'
import { useModels, useUseModel } from '../api/queries.ts'
import { useAsk } from '../kit/asking.tsx'
import { Band } from '../kit/band.tsx'
import { cut } from '../kit/cut.ts'
import { Empty } from '../kit/empty.tsx'
import { Loaded } from '../kit/loaded.tsx'
import { Page } from '../kit/page.tsx'
import { Mono, Table, TableFrame } from '../kit/rows.tsx'
import { State } from '../kit/state.tsx'
import { When } from '../kit/when.tsx'
import { count } from '../kit/words.ts'
import { softInk } from '../theme/theme.ts'
import { Confusion } from './confusion.tsx'
import { sayFigure } from './figures.ts'
import { Reliability } from './reliability.tsx'

/** What diagnoses here, what it learned from, and may it be believed? */
export function ModelsPage() {
  return <Loaded query={useModels()}>{(list) => <Models list={list} />}</Loaded>
}

const kinds: Record<ModelKind, { readonly name: string; readonly note: string }> = {
  causes: { name: 'Causes', note: 'Names the cause of a failure, and how sure it is.' },
  lines: { name: 'Lines', note: 'Finds the lines of a log that show the failure.' },
}

function Models({ list }: { list: ModelList }) {
  const present = (Object.keys(kinds) as ModelKind[]).filter((kind) => list.models.some((each) => each.kind === kind))
  return (
    <Page title="Models" heading={headline(list)}>
      {present.length === 0 && (
        <Empty command="npx mendline train --cases labelled.jsonl --promote">
          No model is in use: patterns alone name causes. To train one from labelled logs:
        </Empty>
      )}
      {present.map((kind) => (
        <Kind key={kind} kind={kind} list={list} />
      ))}
    </Page>
  )
}

function headline({ models, labels }: ModelList): string {
  const waiting = labels === 0 ? 'no new labels' : `${count(labels, 'new label')} to learn from`
  const inUse = models.filter(({ inUse }) => inUse)
  if (inUse.length === 0) return `Patterns alone diagnose; ${waiting}`
  const own = inUse.some(({ shipped }) => !shipped)
  return `${own ? 'A model trained here diagnoses' : 'The models that came with Mendline diagnose'}; ${waiting}`
}

function Kind({ kind, list }: { kind: ModelKind; list: ModelList }) {
  const models = list.models.filter((model) => model.kind === kind)
  const [opened, setOpened] = useState<string | null>(null)
  const shown = models.find(({ version }) => version === opened) ?? models.find(({ inUse }) => inUse) ?? models[0]
  const { name, note } = kinds[kind]
  return (
    <>
      <Band name={name} note={note}>
        <Versions models={models} shown={shown} show={setOpened} />
      </Band>
      {shown && <Record model={shown} />}
    </>
  )
}

function Versions({ models, shown, show }: VersionsProps) {
  const use = useUseModel()
  const ask = useAsk()
  const goBack = (model: ModelView) =>
    ask({
      title: `Diagnose with ${model.version}`,
      verb: 'Use this version',
      act: () => use.mutateAsync(model.version),
      children: (
        <>
          <Typography>
            Every diagnosis from now on is made with it, on every machine. What was diagnosed before stays as it is.
          </Typography>
          <Typography variant="body2" sx={{ color: softInk }}>
            It reached {model.record.figures.slice(0, 3).map(sayFigure).join(', ')}. You can go back in the same way.
          </Typography>
        </>
      ),
    })
  // The rest of the figures stand below, with their intervals.
  const names = models[0]?.record.figures.slice(0, 3).map((figure) => figure.name) ?? []
  return (
    <TableFrame>
      <Table>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">State</th>
            <th scope="col">Trained on</th>
            {names.map((each) => (
              <th key={each} scope="col" className="number" style={{ whiteSpace: 'normal', maxWidth: 130 }}>
                {each}
              </th>
            ))}
            <th scope="col" className="number">
              Trained
            </th>
            <th scope="col">Act</th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <tr key={model.version} aria-current={model === shown || undefined}>
              <td style={{ minWidth: 150 }}>
                <Open type="button" data-row="" aria-pressed={model === shown} onClick={() => show(model.version)}>
                  <Mono>{cut(model.version, 60)}</Mono>
                </Open>
                <div style={{ color: softInk }}>
                  {model.shipped ? 'came with Mendline' : `by ${cut(model.trainedBy, 60)}`}
                </div>
              </td>
              <td className="tight">
                <State told={model.inUse ? inUse : kept} />
              </td>
              <td style={{ minWidth: 160 }}>{sayTrainedOn(model)}</td>
              {names.map((each) => (
                <td key={each} className="number tight">
                  {numberOf(model, each)}
                </td>
              ))}
              <td className="number">{model.trainedAt && <When at={model.trainedAt} />}</td>
              <td>
                {!model.inUse && (
                  <Button aria-label={`Use ${model.version}`} onClick={() => goBack(model)}>
                    Use
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

interface VersionsProps {
  readonly models: readonly ModelView[]
  readonly shown: ModelView | undefined
  readonly show: (version: string) => void
}

const inUse = { meaning: 'healthy', word: 'In use' } as const
const kept = { meaning: 'unknown', word: 'Kept' } as const

function sayTrainedOn({ record: { trainedOn } }: ModelView): string {
  const cases = trainedOn.reduce((sum, each) => sum + each.cases, 0)
  const projects = trainedOn.reduce((sum, each) => sum + each.projects, 0)
  return `${count(cases, 'case')} of ${count(projects, 'project')}`
}

function numberOf({ record }: ModelView, name: string): string {
  const figure = record.figures.find((each) => each.name === name)
  return figure === undefined ? '–' : figure.value.toFixed(3)
}

function Record({ model: { version, record } }: { model: ModelView }) {
  const about = `of ${version}`
  return (
    <>
      <Band name="Figures" note={`${version}. ${record.split}`}>
        <TableFrame>
          <Table style={{ width: 'auto' }}>
            <thead>
              <tr>
                <th scope="col">Figure</th>
                <th scope="col" className="number">
                  Measured
                </th>
                <th scope="col">On other projects, 95 of 100 times</th>
              </tr>
            </thead>
            <tbody>
              {record.figures.map(({ name, value, low, high, better }) => (
                <tr key={name}>
                  <td>
                    {name} <span style={{ color: softInk }}>({better} is better)</span>
                  </td>
                  <td className="number">{value.toFixed(3)}</td>
                  <td>{low === null || high === null ? 'not measured' : `${low.toFixed(3)} to ${high.toFixed(3)}`}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        </TableFrame>
        <Sources>
          {record.trainedOn.map(({ source, cases, projects }) => (
            <li key={source}>
              {cut(source, 120)}: {count(cases, 'case')} of {count(projects, 'project')}
            </li>
          ))}
          {record.notes.map((note) => (
            <li key={note}>{cut(note, 400)}</li>
          ))}
        </Sources>
      </Band>
      {record.reliability.length > 0 && (
        <Band
          name="Calibration"
          note="Of answers that were this sure, how many were right. On the line, it can be believed."
        >
          <Reliability of={record.reliability} label={`Calibration ${about}`} />
        </Band>
      )}
      {record.confusion && (
        <Band name="Confusion" note="Each row is a true cause, each column what it was called. The diagonal is right.">
          <Confusion of={record.confusion} label={`Confusion matrix ${about}`} />
        </Band>
      )}
    </>
  )
}

const Open = styled('button')({
  font: 'inherit',
  color: 'inherit',
  background: 'none',
  border: 0,
  padding: 0,
  minHeight: 24,
  cursor: 'pointer',
  textAlign: 'left',
  '&[aria-pressed="true"]': { fontWeight: 700 },
  '&:hover': { textDecoration: 'underline' },
})
const Sources = styled('ul')({
  margin: '12px 0 0',
  paddingLeft: 18,
  fontSize: '0.8125rem',
  color: softInk,
  '& li': { padding: '1px 0' },
})
