// What a certifier gives out for one run: nobody could know it before, and it says when it was given.

const FORM = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-[0-9a-f]{32}$/;

/** `20270131T120000Z-` and 128 random bits in hexadecimal. */
export const nonceOf = (at: Date, random: Uint8Array): string => {
  const time = at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  return `${time}Z-${Buffer.from(random).toString('hex')}`;
};

/** When a nonce was given out, in milliseconds; undefined for a text that is no nonce. */
export const nonceTime = (nonce: string): number | undefined => {
  const [, year, month, day, hour, minute, second] = FORM.exec(nonce) ?? [];
  if (year === undefined) return undefined;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
};
