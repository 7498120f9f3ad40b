package io.muster.transport;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/** The answer to a unary call, as two callbacks. */
final class UnaryAnswer<T> implements StreamObserver<T> {

    private final Consumer<T> answered;
    private final Consumer<Status> failed;

    private UnaryAnswer(Consumer<T> answered, Consumer<Status> failed) {
        this.answered = answered;
        this.failed = failed;
    }

    static <T> StreamObserver<T> of(Consumer<T> answered, Consumer<Status> failed) {
        return new UnaryAnswer<>(answered, failed);
    }

    @Override
    public void onNext(T value) {
        answered.accept(value);
    }

    @Override
    public void onError(Throwable failure) {
        failed.accept(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {}
}
