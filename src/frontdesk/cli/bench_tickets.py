"""Rows of open tickets for a benchmark: scores, waits and words spread as in a busy desk."""

from frontdesk.db.pool import Connection

RARE_WORD = "quetzal"
"""In one ticket of 50,000."""
ALERTS = ("damaged parcel", "chargeback", "delivery")
"""In one ticket of 1,000, of 500 and of 20."""
_CUSTOMERS = 10_000

_FILL = """
insert into customer (customer_id, name, email, ltv, churn_risk)
    select 'c-' || n, 'Customer ' || n, 'c' || n || '@mail.example', round(exp(random() * 8)::numeric, 2), random()
    from generate_series(1, {customers}) n;
insert into conversation (conversation_id, channel, account, address, customer_id, proof)
    select 'v-' || n, (array['web_chat', 'web_form', 'telegram', 'email'])[1 + n % 4], 'default', 'a-' || n, 'c-' || n,
        'attested'
    from generate_series(1, {customers}) n;
insert into ticket (ticket_id, number, conversation_id, customer_id, subject, channel, status, owner, priority,
        category, sentiment_score, risk, language, waiting_since, static_score, last_seq, words)
    select 't-' || n, n, v.conversation_id, v.customer_id, 'Ticket ' || n, v.channel,
        case when n % 3 = 0 then 'escalated' else 'waiting' end, case when n % 3 = 0 then 'person' else 'ai' end,
        'normal', (array['delivery', 'returns', 'payment', 'product', 'account'])[1 + n % 5], random(), random(), 'en',
        case when n % 5 < 3 then now() - interval '1 hour' * (-120 * ln(1 - random())) end,
        u.churn_risk * 3 + u.ltv::float8 / 1000 * 2 + (array[0.75, 1.5, 1.5, 4.5, 6])[1 + n % 5]
            + case when n % 4 = 0 then 2 else 0 end,
        1, to_tsvector('simple', 'ticket ' || n)
    from generate_series(1, {rows}) n
        join conversation v on v.conversation_id = 'v-' || (1 + n % {customers}) join customer u using (customer_id);
insert into message (message_id, ticket_id, seq, sender_type, content, channel, delivery_state, words)
    select 'm-' || n, 't-' || n, 1, 'customer', content, 'web_chat', 'delivered', to_tsvector('simple', content)
    from (
        select n, concat_ws(' ', 'word' || (random() * 5000)::int, 'word' || (random() * 500)::int,
            case when n % 20 = 0 then 'delivery' end, case when n % 1000 = 0 then 'damaged parcel' end,
            case when n % 500 = 0 then 'chargeback' end, case when n % 50000 = 1 then 'quetzal' end) as content
        from generate_series(1, {rows}) n
    ) as written;
analyze;
"""


async def fill(conn: Connection, rows: int) -> None:
    """So many open tickets of 10,000 customers, with a message each."""
    for statement in _FILL.format(rows=rows, customers=_CUSTOMERS).split(";\n"):
        if statement.strip():
            await conn.execute(statement.encode())
    await conn.execute("vacuum analyze")
