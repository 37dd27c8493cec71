// biome-ignore lint/performance/noBarrelFile: until every room imports the file it means
export { append } from './append.ts'
