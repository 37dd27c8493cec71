import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { templateIndex } from './assign.ts'
import { mineTemplates } from './miner.ts'

/** Groups of lines that one statement wrote each: invented, after the ways in which systems write. */
const systems: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'a proxy': [
    [
      'mirror.example.org:443 close, 1190 bytes (1.16 KB) sent, 1671 bytes (1.63 KB) received, lifetime 00:02',
      'cdn.example.net:80 close, 20480 bytes (20.0 KB) sent, 3670016 bytes (3.50 MB) received, lifetime 1:10:02',
      'api.example.com:8443 close, 1200 bytes (1.17 KB) sent, 2100 bytes (2.05 KB) received, lifetime <1 sec',
    ],
    [
      'mirror.example.org:443 close, 0 bytes sent, 0 bytes received, lifetime <1 sec',
      'cdn.example.net:80 close, 451 bytes sent, 890 bytes received, lifetime 00:17',
    ],
    [
      'mirror.example.org:443 open through proxy proxy.example.com:5070 HTTPS',
      'cdn.example.net:80 open through proxy proxy.example.com:5070 HTTPS',
    ],
  ],
  'a scheduler of machines': [
    [
      '10.11.10.1 "GET /v2/54fadb412c4e40cdbaed9335e4c35a9e/servers/detail HTTP/1.1" status: 200 len: 1893 time: 0.2477829',
      '10.11.21.5,10.11.10.1 "GET /latest/meta-data/instance-id HTTP/1.1" status: 404 len: 120 time: 0.0001',
    ],
    [
      '10.11.10.1 "POST /v2/54fadb412c4e40cdbaed9335e4c35a9e/servers HTTP/1.1" status: 202 len: 733 time: 0.4946',
      '10.11.10.1 "POST /v2/00ff/os-events HTTP/1.1" status: 200 len: 380 time: 0.09',
    ],
    [
      '[instance: b9000564-fe1a-409b-b8cc-1e88b294cd1d] VM Started (Lifecycle Event)',
      '[instance: 96abccce-8d1f-4e07-b6d1-4b2ab87e23b4] VM Started (Lifecycle Event)',
    ],
    ['[instance: b9000564-fe1a-409b-b8cc-1e88b294cd1d] VM Paused (Lifecycle Event)'],
    ['[instance: b9000564-fe1a-409b-b8cc-1e88b294cd1d] VM Stopped (Lifecycle Event)'],
    [
      '[instance: b9000564-fe1a-409b-b8cc-1e88b294cd1d] Took 19.84 seconds to build instance.',
      '[instance: 96abccce-8d1f-4e07-b6d1-4b2ab87e23b4] Took 7.1 seconds to build instance.',
    ],
  ],
  'a kernel': [
    ['generating core.2275', 'generating core.862', 'generating core.3'],
    ['CE sym 2, at 0x0b85eee0, mask 0x05', 'CE sym 20, at 0x1438f9e0, mask 0x40'],
    ['machine check enable......................0', 'machine check enable......................1'],
    ['floating point unavailable................0'],
    ['fpr29=0xffffffff 0xffffffff 0xffffffff 0xffffffff', 'fpr3=0x00000000 0x00000000 0x0000000f 0xffffffff'],
    ['r24=0x05bf3c00 r25=0x00000001', 'r0=0x00eb5528 r1=0x00000002', 'r4=0x05bf3c00 r5=0x00000001'],
  ],
  'a cluster': [
    ['Fan speeds ( 3552 3534 3375 **** 3515 3479 )', 'Fan speeds ( 3552 **** 3375 4245 3515 3479 )'],
    [
      'node-148 has detected an available network connection on network 5.5.226.0 via interface alt0',
      'node-D2 has detected an available network connection on network 5.5.224.0 via interface alt0',
    ],
    [
      'Targeting domains:node-D1 and nodes:node-[40-63] child of command 2176',
      'Targeting domains:node-D2 and nodes:node-[0-3,7] child of command 12',
    ],
    ['Temperature (41C) exceeds warning threshold', 'Temperature (44C) exceeds warning threshold'],
  ],
  'a phone': [
    [
      'acquire lock=166121161, flags=0x1, tag="View Lock", ws=null, uid=10037, pid=2227',
      'acquire lock=233570404, flags=0x1, tag="View Lock", ws=null, uid=1000, pid=4',
    ],
    ['onStandStepChanged 3579', 'onStandStepChanged 3601'],
    ['getTodaySteps = 1514038440000##6993##548365##8661', 'getTodaySteps = 1514038440001##7007##5##12'],
    ['calculateCalories totalCalories=126775'],
    ['calculateAltitude totalAltitude=240'],
  ],
  'a coordinator': [
    ['Received connection request /10.10.34.11:45307', 'Received connection request /10.10.34.13:2'],
    [
      'Established session 0x14f05578bd80003 with negotiated timeout 10000 for client /10.10.34.19:33442',
      'Established session 0x24f with negotiated timeout 40 for client /10.10.34.1:3',
    ],
    ['Client environment:java.version=1.7.0_79'],
    ['Client environment:os.name=Linux'],
    ['Client environment:user.home=/home/zoo/data'],
    ['Client environment:host.name=mesos-17'],
    ['Client environment:java.io.tmpdir=/tmp/a'],
    ['Client environment:java.compiler=<NA>'],
  ],
  'a mail server': [
    ['session opened for user root by (uid=0)', 'session opened for user anna by (uid=1000)'],
    [
      'DHCPDISCOVER from 00:11:43:e3:ba:c3 via eth1: network A_net: no free leases',
      'DHCPDISCOVER from 00:0f:1f:68:4e:11 via eth1: network A_net: no free leases',
    ],
    ['(root) CMD (run-parts /etc/cron.hourly)'],
    ['START: tftp pid=12546 from=10.100.4.251', 'START: tftp pid=9 from=10.100.4.12'],
  ],
  'a build': [
    [
      'Downloaded from central: https://repo.example.org/maven2/a/1.0/a-1.0.pom (4.1 kB at 12 kB/s)',
      'Downloaded from central: https://repo.example.org/maven2/bb/2.7/bb-2.7.jar (813 kB at 2.1 MB/s)',
    ],
    [
      '[INFO] Tests run: 14, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.312 s',
      '[INFO] Tests run: 3, Failures: 1, Errors: 0, Skipped: 2, Time elapsed: 12 s',
    ],
    ['Step 3/14 : RUN npm ci', 'Step 7/14 : RUN npm ci'],
  ],
}

describe.each(Object.entries(systems))('lines of %s', (_, groups) => {
  it('are told apart by the statements that wrote them', () => {
    const lines = groups.flat()
    const { of } = mineTemplates(lines)
    const mined = Map.groupBy(lines, (line) => of[lines.indexOf(line)])
    expect([...mined.values()].map((group) => [...group].sort())).toEqual(groups.map((group) => [...group].sort()))
  })
})

const line = fc
  .tuple(
    fc.constantFrom('job', 'opened', 'failed to open', 'a: b', 'closed (x)'),
    fc.array(
      fc.constantFrom('12', '10.0.0.1', 'anna', '/var/log/x', 'x=1', 'y=', '"q"', '[3]', ',', '...', 'eth0', ''),
      {
        maxLength: 6,
      },
    ),
  )
  .map(([start, rest]) => [start, ...rest].join(' '))
const lines = fc.array(line, { maxLength: 40 })

it('each line is one of its template, and counted once', () => {
  fc.assert(
    fc.property(lines, (all) => {
      const { templates, of } = mineTemplates(all)
      expect(templates.reduce((sum, { count }) => sum + count, 0)).toBe(all.length)
      expect(new Set(templates.map(({ words }) => words.join('\n'))).size).toBe(templates.length)
      all.forEach((one, number) => {
        const alone = templateIndex(templates.slice(of[number], (of[number] ?? 0) + 1))
        expect([one, alone(one)]).toEqual([one, 0])
      })
    }),
  )
})

it('the order of the lines changes nothing but the numbers', () => {
  fc.assert(
    fc.property(lines, (all) => {
      const texts = (some: readonly string[]) => {
        const { templates } = mineTemplates(some)
        return templates.map(({ words, count }) => `${words.join(' ')} ${count}`).sort()
      }
      expect(texts(all.toReversed())).toEqual(texts(all))
    }),
  )
})

it('a new line is known by the templates of earlier ones, the most particular first', () => {
  const { templates } = mineTemplates([
    'opened file 12 for anna',
    'opened file 13 for anna',
    'closed connection to 10.0.0.1',
    '17',
  ])
  const index = templateIndex(templates)
  const textOf = (text: string) => templates[index(text) ?? templates.length]?.text
  expect(textOf('opened file 99 for anna')).toBe('opened file <*> for anna')
  expect(textOf('closed connection to 192.168.1.7:80')).toBe('closed connection to <*>')
  expect(textOf('closed file 99 for anna')).toBeUndefined()
  expect(textOf('4')).toBe('<*>')
})
