package io.muster.history;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Searches an order of the operations on one user (Wing and Gong 1993), remembering what was tried (Lowe 2017). Operations
 * of unknown outcome never return, so they may come anywhere behind their call, and need not come at all.
 */
final class LinearizationSearch {

    /** A call, or a return, in a list ordered by time. */
    private static final class Moment {
        final int operation;
        final boolean isCall;
        final long nanos;

        @Nullable
        Moment previous;

        @Nullable
        Moment next;
        /** Of a call: its return, null where none is to come. */
        @Nullable
        Moment match;

        Moment(int operation, boolean isCall, long nanos) {
            this.operation = operation;
            this.isCall = isCall;
            this.nanos = nanos;
        }
    }

    /**
     * An operation that has taken effect.
     *
     * @param needsNoOther whether nothing is lost by having it take effect now, as it changes nothing and must come some time
     */
    private record Step(Moment call, UserModel stateBefore, boolean needsNoOther) {}

    private record Tried(BitSet taken, UserModel state) {}

    private final List<Operation> operations;
    private final Moment head = new Moment(-1, false, Long.MIN_VALUE);
    private final Deque<Step> steps = new ArrayDeque<>();
    private final Set<Tried> tried = new HashSet<>();
    private final BitSet taken = new BitSet();
    private UserModel state = UserModel.ABSENT;
    private int certainLeft;

    LinearizationSearch(List<Operation> operations) {
        this.operations = operations;
        Deque<Moment> moments = new ArrayDeque<>();
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            Moment call = new Moment(i, true, operation.callNanos());
            moments.add(call);
            if (operation.isCertain()) {
                certainLeft++;
                Moment end = new Moment(i, false, operation.returnNanos());
                call.match = end;
                moments.add(end);
            }
        }
        link(moments);
    }

    /** Of one moment, calls come first: operations that touch may be in either order. */
    private void link(Deque<Moment> moments) {
        Moment last = head;
        List<Moment> inOrder = moments.stream()
                .sorted(Comparator.<Moment>comparingLong(moment -> moment.nanos)
                        .thenComparing(moment -> !moment.isCall))
                .toList();
        for (Moment moment : inOrder) {
            last.next = moment;
            moment.previous = last;
            last = moment;
        }
    }

    boolean succeeds() {
        Moment candidate = head.next;
        while (certainLeft > 0) {
            if (candidate != null && candidate.isCall) {
                candidate = tryNext(candidate);
            } else if (!undoWhatNeedsNoOther()) {
                return false;
            } else {
                candidate = undo();
            }
        }
        return true;
    }

    /** Lets the operation take effect now, where it can, and this was not tried; answers the next candidate. */
    private @Nullable Moment tryNext(Moment call) {
        UserModel next = state.next(operations.get(call.operation));
        if (next == null) {
            return call.next;
        }
        taken.set(call.operation);
        if (!tried.add(new Tried((BitSet) taken.clone(), next))) {
            taken.clear(call.operation);
            return call.next;
        }
        steps.push(new Step(call, state, call.match != null && next.equals(state)));
        state = next;
        lift(call);
        return head.next;
    }

    /** Answers whether anything is left to be undone. */
    private boolean undoWhatNeedsNoOther() {
        while (!steps.isEmpty() && steps.getFirst().needsNoOther()) {
            var _ = undo();
        }
        return !steps.isEmpty();
    }

    private @Nullable Moment undo() {
        Step step = steps.pop();
        state = step.stateBefore();
        taken.clear(step.call().operation);
        putBack(step.call());
        return step.call().next;
    }

    private void lift(Moment call) {
        remove(call);
        if (call.match != null) {
            remove(call.match);
            certainLeft--;
        }
    }

    private void putBack(Moment call) {
        if (call.match != null) {
            insert(call.match);
            certainLeft++;
        }
        insert(call);
    }

    private static void remove(Moment moment) {
        if (moment.previous != null) {
            moment.previous.next = moment.next;
        }
        if (moment.next != null) {
            moment.next.previous = moment.previous;
        }
    }

    private static void insert(Moment moment) {
        if (moment.previous != null) {
            moment.previous.next = moment;
        }
        if (moment.next != null) {
            moment.next.previous = moment;
        }
    }
}
