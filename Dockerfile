# One replica of Muster. Build with BuildKit (the default of `docker build` and `docker compose`).

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw -q -B -DskipTests -Dspotless.check.skip=true package
RUN java -Djarmode=tools -jar target/muster.jar extract --layers --destination layers
# RocksDB's jar carries 15 platforms; of these, keep Linux with glibc on x86-64 and aarch64.
RUN cd "$(mktemp -d)" \
    && rocksdb=$(echo /build/layers/dependencies/lib/rocksdbjni-*.jar) \
    && jar --extract --file "$rocksdb" META-INF org librocksdbjni-linux64.so librocksdbjni-linux-aarch64.so \
    && jar --create --file "$rocksdb" --no-manifest --date 1980-02-01T00:00:00Z .

FROM eclipse-temurin:25-jre
# Uid 1000 is taken in the base image.
RUN groupadd --system --gid 10001 muster \
    && useradd --system --uid 10001 --gid muster --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin muster \
    && install --directory --owner muster --group muster --mode 700 /data
WORKDIR /app
# What changes most comes last.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/src/main/docker/healthcheck /build/src/main/jvm/server.options /build/application-node*.yml ./
COPY --from=build /build/layers/application/ ./
USER 10001:10001
VOLUME /data
ENV MUSTER_DATA_DIR=/data \
    SERVER_ADDRESS=0.0.0.0 \
    GRPC_SERVER_ADDRESS=0.0.0.0
EXPOSE 8081 8082 8083 50051 50052 50053
HEALTHCHECK --interval=5s --timeout=10s --start-period=120s --retries=3 CMD ["/app/healthcheck"]
# Further options of the JVM go into the environment variable JDK_JAVA_OPTIONS.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "@server.options", "-jar", "muster.jar"]
