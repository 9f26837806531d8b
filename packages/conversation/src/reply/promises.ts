import { plainWords } from '../understanding/words.ts';
import { sentencesOf } from './claims.ts';

/** How far things really are; a reply may say no more. */
export type Standing = {
  appointment: 'none' | 'held' | 'confirmed';
  deposit: string;
  /** A task for the team was opened in this turn. */
  teamAsked: boolean;
};

const conditional =
  /\b((once|until|when|if|after|before|as soon as) (you|it|its|that|this|the|your|we|they|deposit|payment|paid|paying|done|complete\w*|confirm\w*|received)|to (get|be|have|complete|finish|confirm|book|hold|reserve|secure)|would you like|shall i|should i|do you want|want me to|can i|may i|could i|let me|i can|we can|can be|will be|not|isn t|hasn t|haven t|aren t|yet|almost|nearly)\b/;
const booked =
  /\b(you (are|re|ve been) (all |now |officially )?(booked|confirmed|scheduled|set|good to go)|(is|are|has been|have been|been|s|now|all) (now |all |officially |fully )?(booked|confirmed|scheduled|locked in)|i (have |ve |just |went ahead and )*(booked|confirmed|scheduled)|we (have |ve |just )*(booked|confirmed|scheduled)|booked you|got you (in|down|booked|scheduled)|all set|see you (on|at|then|tomorrow|today|soon|there|mon|tue|wed|thu|fri|sat|sun)|(appointment|booking|visit) (confirmed|booked)|penciled you|you re in|signed you up)\b/;
const held =
  /\b((is|are|s|been|now) (now )?(held|reserved|on hold|saved|secured)|i (have |ve |just |m )*(held|reserved|holding|saved|secured)|(held|reserved|saved|holding) (it|that|this|your|the) |holding (your|that|the|it)|put (a|your) hold)\b/;
const linkSent =
  /\b(link (is|has been|was|s) (on (its|the) way|sent|texted|coming)|(sent|texted|sending|send) (you |over )?(the |a |your |that )?(\w+ ){0,3}link|here (is|s) (the |your |a )?(\w+ ){0,3}link|(link|page) (below|above|here)|check your (phone|messages|texts) for|tap (the|this) link|click)\b/;
const paid =
  /\b((deposit|payment) (is |was |has been |s )?(been )?(paid|received|processed|complete\w*|successful|gone through|went through)|(received|got|processed) (your|the) (\w+ )?(deposit|payment)|thanks? (you )?for (your )?(\w+ )?(payment|deposit|paying)|charged (your|the) card|refunded you)\b/;
const teamWill =
  /\b(someone|somebody|a (person|human|team member|staff member|specialist|nurse|provider|colleague|manager)|(the|our|my) (team|staff|front desk|clinic|office|provider|nurse|doctor|manager)|they|we|i) (will|ll|is going to|are going to|shall) (\w+ ){0,2}(call|text|contact|reach|get back|follow up|be in touch|message|phone|email|respond)\b|\b(passed|forwarded|sent|notified|alerted|told|let) (it |this |that |your \w+ )?(on )?(to )?(the|our|my) (team|staff|manager|doctor|nurse)\b|\b(cancel+ed|rescheduled|moved) (your|the|it)\b|\b(added|put) you (to|on) (the|our) (waitlist|wait list|list)\b/;

/** What a reply says was done, sent or will happen, and is not so. In the reply's own words. */
export function emptyPromises(reply: string, standing: Standing): string[] {
  return sentencesOf(reply).flatMap((sentence) => {
    // "Not a problem, you're booked" denies nothing.
    const words = plainWords(sentence).replace(/\bnot (a problem|to worry|at all)\b/g, '');
    const found: string[] = [];
    const check = (pattern: RegExp, allowed: boolean) => {
      const match = pattern.exec(words);
      if (match !== null && !allowed && !conditional.test(words.slice(0, match.index + match[0].length)))
        found.push(match[0]);
    };
    const { appointment, deposit, teamAsked } = standing;
    check(booked, appointment === 'confirmed');
    check(held, appointment !== 'none');
    check(linkSent, deposit === 'link_sent' || deposit === 'requested' || deposit === 'failed');
    check(paid, deposit === 'paid');
    const promised = teamWill.exec(words);
    if (
      promised !== null &&
      !teamAsked &&
      !/\b(would you like|shall|should|do you want|want me|can have|could have)\b/.test(words)
    ) {
      found.push(promised[0]);
    }
    return found;
  });
}
