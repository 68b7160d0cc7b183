/**
 * One connection that takes statements without waiting for the answers to earlier ones; the server runs them in their
 * order, each in a transaction of its own. node-postgres's pool gives a connection to one statement at a time.
 */
import pg from "pg";
import { log } from "./log";

export class Pipeline {
  private client: Promise<pg.Client> | undefined;

  constructor(private readonly config: pg.ClientConfig) {}

  /** Errors: those of the statement; when the connection is lost, every statement that has no answer yet fails. */
  async query<R extends unknown[]>(statement: pg.QueryArrayConfig): Promise<pg.QueryArrayResult<R>> {
    this.client ??= this.connect();
    return (await this.client).query<R>(statement);
  }

  async end(): Promise<void> {
    const client = await this.client?.catch(() => undefined);
    this.client = undefined;
    await client?.end();
  }

  /** A connection that could not be made or was lost is replaced by the next statement. */
  private connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...this.config, pipeline: true });
    const connecting = client.connect().then(() => client);
    // A connection ends after its error: by then its successor may be there, which must stay.
    const forget = () => {
      if (this.client === connecting) this.client = undefined;
    };
    client.on("error", (error) => {
      log.warn({ err: error.message }, "lost the gate's database connection");
      forget();
    });
    client.once("end", forget);
    connecting.catch(forget);
    return connecting;
  }
}
