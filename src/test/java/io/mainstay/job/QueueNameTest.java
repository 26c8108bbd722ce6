package io.mainstay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueNameTest {

    private static final QueueName ORDERS = new QueueName("orders");

    @Test
    void queueIsItsOwnOnlyPlace() {
        assertThat(ORDERS.value()).isEqualTo("orders");
        assertThat(ORDERS.logical()).isSameAs(ORDERS);
        assertThat(ORDERS.isPlace()).isFalse();
        assertThat(ORDERS.partitions()).isEqualTo(1);
        assertThat(ORDERS.partition(1, 0)).isSameAs(ORDERS);
        assertThat(ORDERS.inFirstStore()).isSameAs(ORDERS);
    }

    @Test
    void placesAreStoredUnderNamesOfTheirOwnAndShownAsTheQueue() {
        QueueName part = ORDERS.partition(24, 3);
        assertThat(part.value()).isEqualTo("orders~24.3");
        assertThat(ORDERS.inSecondStore().value()).isEqualTo("orders@2");
        assertThat(part.inSecondStore().value()).isEqualTo("orders~24.3@2");
        for (QueueName place : List.of(part, ORDERS.inSecondStore(), part.inSecondStore())) {
            assertThat(place).hasToString("orders").isNotEqualTo(ORDERS);
            assertThat(place.logical()).isEqualTo(ORDERS);
            assertThat(place.isPlace()).isTrue();
            assertThat(QueueName.stored(place.value())).isEqualTo(place);
            assertThat(QueueName.stored(place.value()).logical()).isEqualTo(ORDERS);
        }
    }

    @Test
    void placesLeadToOthersOfTheirQueue() {
        QueueName part = ORDERS.partition(24, 3);
        assertThat(part.partition(24, 3)).isSameAs(part);
        assertThat(part.partition(24, 4)).isEqualTo(ORDERS.partition(24, 4));
        assertThat(part.partition(12, 3).value()).isEqualTo("orders~12.3");
        assertThat(part.partition(1, 0)).isSameAs(ORDERS);
        assertThat(part.partition(24, 0).value()).isEqualTo("orders~24.0");
        assertThat(part.inSecondStore().inFirstStore()).isEqualTo(part);
        assertThat(part.inSecondStore().partition(1, 0)).isEqualTo(ORDERS.inSecondStore());
    }

    @Test
    void whatIsStoredOfAQueueIsItsName() {
        assertThat(QueueName.stored("orders")).isEqualTo(ORDERS);
        assertThat(QueueName.stored("orders").isPlace()).isFalse();
    }

    @Test
    void longestNameHasPlaces() {
        QueueName longest = new QueueName("q".repeat(64));
        QueueName place = longest.partition(32, 31).inSecondStore();
        assertThat(QueueName.stored(place.value())).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders~24.3", "orders@2", "or~ders", "o@", "Orders", "a:b", "a{b}", ""})
    void callersCannotNamePlaces(String name) {
        assertThatThrownBy(() -> new QueueName(name)).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders~",
                "orders~24",
                "orders~1.0",
                "orders~24.24",
                "orders~33.1",
                "orders~24.03",
                "orders~a.b",
                "orders~24.3.1",
                "~24.3",
                "@2",
                "orders@3",
                "orders@2@2",
                "orders@2~24.3",
                "Orders~24.3",
                "orders~-2.1"
            })
    void whatIsNoPlaceCannotBeRead(String stored) {
        assertThatThrownBy(() -> QueueName.stored(stored)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void thereAreNoPartitionsBeyondTheirNumber() {
        assertThatThrownBy(() -> ORDERS.partition(24, 24)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ORDERS.partition(33, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
