import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { useSendAgain, useStuck } from '../api/queries.ts'
import { useAsk } from '../kit/asking.tsx'
import { Band } from '../kit/band.tsx'
import { cut } from '../kit/cut.ts'
import { Mono, Table, TableFrame } from '../kit/rows.tsx'
import { When } from '../kit/when.tsx'
import { count } from '../kit/words.ts'

/** Work that failed for good: nothing is lost, it waits here to be sent again. Not there while there is none. */
export function Stuck() {
  const flows = useStuck().data?.flows ?? []
  const ask = useAsk()
  const again = useSendAgain()
  if (flows.length === 0) return null
  const askAgain = (id: string, flow: string) =>
    ask({
      title: `Send again: ${flow}`,
      verb: 'Send again',
      act: () => again.mutateAsync(id),
      children: <Typography>It goes on at the step that failed; the steps before it are not done twice.</Typography>,
    })
  return (
    <Band
      name="Stuck"
      meaning="failing"
      count={flows.length}
      note="Work that failed for good and waits to be sent again."
    >
      <TableFrame>
        <Table>
          <thead>
            <tr>
              <th scope="col">Work</th>
              <th scope="col">Error</th>
              <th scope="col">Tried</th>
              <th scope="col">Since</th>
              <th scope="col">Act</th>
            </tr>
          </thead>
          <tbody>
            {flows.map(({ id, flow, error, since, attempts }) => (
              <tr key={id}>
                <td>
                  {cut(flow, 60)}
                  <div>
                    <Mono>{cut(id, 80)}</Mono>
                  </div>
                </td>
                <td style={{ minWidth: 240 }}>{cut(error, 400)}</td>
                <td className="tight">{count(attempts, 'time')}</td>
                <td>
                  <When at={since} />
                </td>
                <td>
                  <Button
                    aria-label={`Send again: ${cut(flow, 60)} ${cut(id, 80)}`}
                    onClick={() => askAgain(id, cut(flow, 60))}
                  >
                    Send again
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </TableFrame>
    </Band>
  )
}
