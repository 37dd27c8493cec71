import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Conflict } from '../../base/errors.ts'

/**
 * Makes this process the only one that runs a server on a data folder. The claim is a listening socket, so the system
 * lets go of it however the process ends; whoever connects is told the owner's pid.
 */
export async function claim(dir: string): Promise<() => Promise<void>> {
  const server = createServer((socket) => socket.on('error', () => undefined).end(`${process.pid}`))
  const path = address(dir)
  for (let attempt = 0; !(await listens(server, path)); attempt++) {
    const owner = await askOwner(path)
    if (owner !== undefined || attempt === 2) {
      throw new Conflict(
        `the data folder ${dir} is in use by another Mendline (process ${owner ?? 'unknown'}): ` +
          'stop that one, or choose another folder with --data',
      )
    }
    if (!path.startsWith('\0')) await rm(path, { force: true })
  }
  server.unref()
  return () => new Promise((resolve) => server.close(() => resolve()))
}

/** Abstract on Linux: no file that could be left behind or be too long a path. */
function address(dir: string): string {
  const name = `mendline-${createHash('sha256').update(dir).digest('hex').slice(0, 32)}`
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`)
}

function listens(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    }
    server.once('error', onError)
    server.listen(path, () => {
      server.off('error', onError)
      resolve(true)
    })
  })
}

function askOwner(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path)
    let answer = ''
    socket.setEncoding('utf8').setTimeout(1_000, () => socket.destroy())
    socket.on('data', (text) => {
      answer += text
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer === '' ? undefined : answer))
  })
}
