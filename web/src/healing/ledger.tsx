import { useSearchParams } from 'react-router'
import type { HealingView } from '../../../src/contract/views.ts'
import { useHealings } from '../api/queries.ts'
import { Anchor } from '../kit/anchor.tsx'
import { Band } from '../kit/band.tsx'
import { Choice } from '../kit/choice.tsx'
import { cut } from '../kit/cut.ts'
import { Empty } from '../kit/empty.tsx'
import { Paged } from '../kit/paged.tsx'
import { doseOf } from '../kit/permit-sentence.ts'
import { Table, TableFrame } from '../kit/rows.tsx'
import { State } from '../kit/state.tsx'
import { When } from '../kit/when.tsx'
import { healingPath, outcomes, permits, remedies, runPath, stand } from '../kit/words.ts'
import { softInk } from '../theme/theme.ts'

const all = {
  all: 'All',
  ...Object.fromEntries(Object.entries(outcomes).map(([outcome, { word }]) => [outcome, word])),
}

/** Every case of the heal loop, newest first, narrowed by how it ended. */
export function Ledger() {
  const [words, setWords] = useSearchParams()
  const outcome = words.get('outcome')
  const query = useHealings(outcome)
  return (
    <Band
      name="Ledger"
      note={
        <Choice
          column
          label="Outcome"
          options={all}
          chosen={outcome ?? 'all'}
          choose={(next) => setWords(next === 'all' ? {} : { outcome: next })}
        />
      }
    >
      <Paged
        query={query}
        rowsOf={({ healings }) => healings}
        empty={<Nothing outcome={outcome} />}
        older="older decisions"
      >
        {(healings) => <Cases healings={healings} />}
      </Paged>
    </Band>
  )
}

function Nothing({ outcome }: { outcome: string | null }) {
  if (outcome !== null) return <Empty>No decision ended this way yet.</Empty>
  return (
    <Empty command="npm run up">
      Each failure that Mendline reads appears here with what it decided, why it might, and whether that held. To see
      six of them:
    </Empty>
  )
}

function Cases({ healings }: { healings: readonly HealingView[] }) {
  return (
    <TableFrame>
      <Table>
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col">What happened</th>
            <th scope="col">Remedy</th>
            <th scope="col">Permit</th>
            <th scope="col">Run</th>
            <th scope="col" className="number">
              When
            </th>
          </tr>
        </thead>
        <tbody>
          {healings.map((healing) => (
            <Case key={healing.id} healing={healing} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

function Case({ healing }: { healing: HealingView }) {
  const { run, plan, permit, proof } = healing
  const dose = doseOf(plan)
  return (
    <tr>
      <td className="tight">
        <State told={stand(healing)} />
      </td>
      <td style={{ minWidth: 260 }}>
        <Anchor row quiet to={healingPath(healing.id)}>
          {cut(healing.sentence)}
        </Anchor>
        {proof && !healing.sentence.includes(proof.sentence) && (
          <div style={{ color: softInk }}>{cut(proof.sentence, 160)}</div>
        )}
      </td>
      <td style={{ minWidth: 120 }}>
        {plan ? remedies[plan.remedy].name : '–'}
        {dose && <div style={{ color: softInk }}>{dose}</div>}
      </td>
      <td style={{ minWidth: 140 }}>
        {permit ? <State told={permits[permit.state]} /> : '–'}
        {permit?.reasons[0] && <div style={{ color: softInk }}>{cut(permit.reasons[0].sentence, 120)}</div>}
      </td>
      <td style={{ minWidth: 110 }}>
        <Anchor to={runPath(run.id)}>
          {cut(run.pipeline, 40)} #{run.number}
        </Anchor>
        <div style={{ color: softInk }}>{cut(run.repository, 60)}</div>
      </td>
      <td className="number">
        <When at={healing.startedAt} />
      </td>
    </tr>
  )
}
